import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { type Asked, served } from '../kit/testing/served-for-tests.ts';
import { check } from './cors.ts';

const contract = contractOf({
  '/todos': { get: { operationId: 'listTodos', responses: { '200': { description: 'ok' } } } },
});

/** @param allow the header fields for an origin */
async function answeredBy(allow: (origin: string, asked: Asked) => Readonly<Record<string, string>>) {
  const backend = await served((asked, response) => {
    response.writeHead(200, allow(asked.request.headers.origin ?? '', asked));
    response.end('[]');
  });
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}
const credentials = { 'access-control-allow-credentials': 'true' };

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds an origin that is named back with credentials, and null', async () => {
    const told = await answeredBy((origin) => ({ 'access-control-allow-origin': origin, ...credentials }));
    expect(told.findings.map(({ key }) => key)).toEqual(['listTodos foreign', 'listTodos null']);
  });

  it('finds a test of the origin that looks for localhost in it', async () => {
    for (const isKnown of [/localhost/, /^http:\/\/localhost/]) {
      const { findings } = await answeredBy((origin) =>
        isKnown.test(origin) ? { 'access-control-allow-origin': origin, ...credentials } : {},
      );
      expect(findings).toMatchObject([
        { key: 'listTodos foreign', title: expect.stringContaining('only begins like http://localhost read') },
      ]);
    }
    const exact = await answeredBy((origin) =>
      /^http:\/\/localhost(:\d+)?$/.test(origin) ? { 'access-control-allow-origin': origin, ...credentials } : {},
    );
    expect(exact.status).toBe('passed');
  });

  it('finds it in a preflight alone', async () => {
    const told = await answeredBy((origin, { method }) =>
      method === 'OPTIONS' ? { 'access-control-allow-origin': origin, ...credentials } : {},
    );
    expect(told.status).toBe('failed');
  });

  it('passes without CORS, with * for everybody, with one origin that is known, and without credentials', async () => {
    const ways: readonly Readonly<Record<string, string>>[] = [
      {},
      { 'access-control-allow-origin': '*' },
      { 'access-control-allow-origin': '*', ...credentials },
      { 'access-control-allow-origin': 'https://app.example.org', ...credentials },
    ];
    for (const allow of ways) expect((await answeredBy(() => allow)).status).toBe('passed');
    expect((await answeredBy((origin) => ({ 'access-control-allow-origin': origin }))).status).toBe('passed');
  });

  it('is undecided when nothing was answered', () => {
    expect(judged(check, { answered: 0, suspects: [] }).status).toBe('undecided');
  });
});
