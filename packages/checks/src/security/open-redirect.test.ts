import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { served } from '../kit/testing/served-for-tests.ts';
import { check } from './open-redirect.ts';

const contract = contractOf({
  '/continue': {
    get: {
      operationId: 'continueTo',
      parameters: [{ name: 'to', in: 'query', required: true, schema: { type: 'string' } }],
      responses: { '303': { description: 'on' }, '400': { description: 'bad' } },
    },
  },
});

/** @param accepts whether a value is gone to */
async function answeredBy(accepts: (to: string) => boolean, located: (to: string) => string = (to) => to) {
  const backend = await served(({ query }, response) => {
    const to = query.get('to') ?? '';
    if (accepts(to)) response.writeHead(303, { location: located(to) }).end();
    else response.writeHead(400).end();
  });
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds a redirect to anywhere', async () => {
    expect((await answeredBy(() => true)).findings).toMatchObject([{ key: 'continueTo query:to' }]);
  });

  it('finds what passes careless filters: two slashes, and a backslash', async () => {
    expect((await answeredBy((to) => to.startsWith('/'))).status).toBe('failed');
    expect((await answeredBy((to) => to.startsWith('/') && !to.startsWith('//'))).status).toBe('failed');
  });

  it('finds what looks for one’s own host in the text, or for one’s own origin at its beginning', async () => {
    const host = /127\.0\.0\.1:\d+/;
    expect((await answeredBy((to) => host.test(to))).status).toBe('failed');
    expect((await answeredBy((to) => to.startsWith('http://127.0.0.1'))).status).toBe('failed');
    const own = (to: string): boolean => URL.canParse(to) && new URL(to).hostname === '127.0.0.1';
    expect((await answeredBy(own)).status).toBe('passed');
  });

  it('finds a path alone that is sent on after its origin was compared: it may begin with two slashes', async () => {
    const origin = 'http://shop.example.org';
    const isOwn = (to: string): boolean => URL.canParse(to, origin) && new URL(to, origin).origin === origin;
    const alone = await answeredBy(isOwn, (to) => new URL(to, origin).pathname);
    expect(alone.findings).toMatchObject([{ key: 'continueTo query:to' }]);
    expect((await answeredBy(isOwn, (to) => new URL(to, origin).href)).status).toBe('passed');
    expect((await answeredBy(isOwn)).status).toBe('passed');
  });

  it('passes what stays on this site, wherever the value stands in the address', async () => {
    expect((await answeredBy((to) => /^\/[a-z]/.test(to))).status).toBe('passed');
    expect(
      (
        await answeredBy(
          () => true,
          (to) => `/login?next=${encodeURIComponent(to)}`,
        )
      ).status,
    ).toBe('passed');
    expect(
      (
        await answeredBy(
          () => true,
          (to) => `/${encodeURIComponent(to)}`,
        )
      ).status,
    ).toBe('passed');
  });

  it('is undecided when nothing was planted or all was turned away', () => {
    const tally = { inputs: 0, operations: 0, sent: 0, taken: 0, turnedAway: null };
    expect(judged(check, { tally, suspects: [] }).status).toBe('undecided');
  });
});
