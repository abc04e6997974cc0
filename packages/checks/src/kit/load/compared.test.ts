import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { Instance } from '@assay/contract';
import { expect, it } from 'vitest';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { listening, reaching } from '../testing/served-for-tests.ts';
import { comparedLoad, type Turn } from './compared.ts';

const items = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } };
const contract = contractOf({
  '/notes': {
    get: {
      operationId: 'listNotes',
      responses: { 200: { description: 'All', content: { 'application/json': { schema: items } } } },
    },
  },
});

it('looks how far a backend keeps up that there is nothing to compare with, and at every answer', async () => {
  // One request at a time, each 5 ms: 200 in a second. Every third body breaks the contract.
  let [free, seen] = [0, 0];
  const server = await listening((_request, response) => {
    free = Math.max(free, performance.now()) + 5;
    seen += 1;
    response.setHeader('content-type', 'application/json');
    const body = JSON.stringify(seen > 2 && seen % 3 === 0 ? { id: seen } : [{ id: seen }]);
    setTimeout(() => response.end(body), free - performance.now());
  });
  const { port } = server.address() as AddressInfo;
  const instance: Instance = {
    ...reaching(() => port),
    authority: `127.0.0.1:${port}`,
    connect: async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
  };
  const { full, calm, rate, knee } = await comparedLoad(contextOf(contract, instance));
  expect(knee).not.toBeNull();
  expect(rate).toBeGreaterThan(0);
  // On a busy machine the answer may be, rightly, that the machine was the limit.
  expect(knee?.exceeded ?? Number.POSITIVE_INFINITY).toBeGreaterThan(knee?.sustained ?? 0);
  expect(calm).toHaveLength(1);
  const turns = [...full, ...calm].map(({ subject }) => subject);
  expect(turns.map(({ unseen }) => unseen)).toEqual(turns.map(() => 0));
  // One turn on a busy machine has too few answers for a share of them.
  const sum = (of: (turn: Turn) => number): number => turns.reduce((total, turn) => total + of(turn), 0);
  expect(Math.abs(sum(({ wrong }) => wrong) / sum(({ answered }) => answered) - 1 / 3)).toBeLessThan(0.1);
});
