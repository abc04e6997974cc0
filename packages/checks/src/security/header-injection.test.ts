import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { served } from '../kit/testing/served-for-tests.ts';
import { check } from './header-injection.ts';

const contract = contractOf({
  '/files': {
    get: {
      operationId: 'download',
      parameters: [{ name: 'name', in: 'query', required: true, schema: { type: 'string' } }],
      responses: { '200': { description: 'ok' } },
    },
  },
});

/** @param head what is written as the field's value; to the socket, since Node's own writer refuses line ends */
async function answeredBy(value: (name: string) => string, lineEnd = '\r\n') {
  const backend = await served(({ query }, response) => {
    response.socket?.end(
      `HTTP/1.1 200 OK${lineEnd}Content-Disposition: attachment; filename="${value(query.get('name') ?? '')}"${lineEnd}Content-Length: 0${lineEnd}Connection: close${lineEnd}${lineEnd}`,
    );
  });
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds a field of ours in the answer', async () => {
    expect((await answeredBy((name) => name)).findings).toMatchObject([
      { key: 'download query:name', severity: 'high' },
    ]);
  });

  it('finds it behind a bare line feed, which a strict parser refuses to read', async () => {
    expect((await answeredBy((name) => name.replaceAll('\r', ''))).status).toBe('failed');
  });

  it('finds a value that is decoded twice', async () => {
    expect((await answeredBy((name) => decodeURIComponent(name.replaceAll(/[\r\n]/g, '')))).status).toBe('failed');
  });

  it('passes a value that is encoded, and one whose line ends become spaces', async () => {
    expect((await answeredBy((name) => encodeURIComponent(name))).status).toBe('passed');
    expect((await answeredBy((name) => name.replaceAll(/[\r\n]+/g, ' '))).status).toBe('passed');
  });

  it('is undecided when nothing was planted', () => {
    const tally = { inputs: 0, operations: 0, sent: 0, taken: 0, turnedAway: null };
    expect(judged(check, { tally, suspects: [] }).status).toBe('undecided');
  });
});
