import { duplexPair } from 'node:stream';
import type { Instance } from '@assay/contract';
import { expect, it } from 'vitest';
import { check } from '../../performance/memory-growth.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';

const item = { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } };
const answer = (status: number, schema: object) => ({
  [status]: { description: 'It', content: { 'application/json': { schema } } },
});
const text = {
  type: 'object',
  properties: { text: { type: 'string', minLength: 3, maxLength: 20 } },
  required: ['text'],
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const contract = contractOf(
  JSON.parse(
    JSON.stringify({
      '/notes': {
        get: { operationId: 'list', responses: answer(200, { type: 'array', items: item }) },
        post: {
          operationId: 'add',
          requestBody: { required: true, content: { 'application/json': { schema: text } } },
          responses: answer(201, item),
        },
      },
      '/notes/{id}': { get: { operationId: 'read', parameters: [id], responses: answer(200, item) } },
    }),
  ),
);

/** What a request under load leaves behind, in bytes. */
type Cost = (target: string, isNew: boolean) => number;

function backend(statusLine: string, cost: Cost, tidies = true): Instance {
  const seen = new Set<string>();
  let [at, bytes, garbage] = [0, 90 * 2 ** 20, 0];
  return {
    ...scripted((line) => {
      if (line.startsWith('POST')) return [201, { id: 1, text: 'abc' }];
      return /notes($|\?)/.test(line) ? [200, []] : [200, { id: 1, text: 'abc' }];
    }),
    usage: () => [0, 1].map(() => ({ at: (at += 1), cpu: 0, rssBytes: bytes + garbage })),
    collectGarbage: async () => {
      if (tidies) garbage = 0;
      return tidies;
    },
    connect: () => {
      const [ours, theirs] = duplexPair();
      theirs.on('error', () => undefined);
      theirs.on('data', (data: Buffer) => {
        const target = data.toString('latin1').split(' ')[1] ?? '';
        bytes += cost(target, !seen.has(target));
        seen.add(target);
        garbage += 20_000;
        theirs.write(`HTTP/1.1 ${statusLine}\r\nContent-Length: 0\r\n\r\n`);
      });
      return Promise.resolve(ours);
    },
  };
}

async function judged(statusLine: string, cost: Cost, language = 'JavaScript', tidies = true) {
  const stack = { language, framework: null, runtime: null };
  const evidence = await check.probe(contextOf(contract, backend(statusLine, cost, tidies), { stack }));
  return check.judge(evidence, contract);
}

it('tells what is kept for each request from what is kept for each address', { timeout: 60_000 }, async () => {
  expect((await judged('200 OK', () => 20_000)).status).toBe('failed');
  const byAddress = await judged('200 OK', (_target, isNew) => (isNew ? 20_000 : 0));
  expect(byAddress.status).toBe('undecided');
  expect(byAddress.reason).toContain('no more when the same addresses came again');
});

it('goes on with new addresses until a heap that only those make grow has found its size', {
  timeout: 60_000,
}, async () => {
  let left = 11_000;
  const found = await judged('200 OK', (_target, isNew) => (isNew && (left -= 1) > 0 ? 20_000 : 0));
  expect(found).toMatchObject({ status: 'passed', reason: expect.stringContaining('no more afterwards') });
});

it('claims no leak of garbage', { timeout: 60_000 }, async () => {
  expect((await judged('200 OK', () => 0)).status).toBe('passed');
  expect(await judged('200 OK', () => 0, 'TypeScript', false)).toMatchObject({
    status: 'undecided',
    reason: expect.stringContaining('could not be asked'),
  });
});

it('starts again what ends by being asked, and does without', { timeout: 60_000 }, async () => {
  const plain = backend('200 OK', () => 0, false);
  let [alive, starts] = [true, 0];
  const touchy: Instance = {
    ...plain,
    get alive() {
      return alive;
    },
    collectGarbage: async () => (alive = false),
    start: async () => {
      [alive, starts] = [true, starts + 1];
      return { ready: true, durationMs: 1 };
    },
  };
  const evidence = await check.probe(contextOf(contract, touchy));
  expect([alive, starts, evidence.collected]).toEqual([true, 1, false]);
  expect(evidence.samples.length).toBeGreaterThan(1);
});

it('claims no leak of a runtime that is not known', { timeout: 60_000 }, async () => {
  expect(await judged('200 OK', () => 20_000, 'unknown')).toMatchObject({ status: 'undecided' });
});

it.each(['429 Too Many Requests', '500 Internal Server Error', '401 Unauthorized'])(
  'does not pass a backend that answers all of the load %s',
  { timeout: 60_000 },
  async (line) => {
    const { status, reason } = await judged(line, () => 0);
    expect(status).toBe('undecided');
    expect(reason).toMatch(new RegExp(`^of \\d+ requests under load \\d+ were answered ${line.slice(0, 3)}$`));
  },
);
