import { isJsonObject } from '@assay/contract';
import { expect, it } from 'vitest';
import { check } from '../../data/atomic-under-fault.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { faultEvidence } from './fault-runs.ts';
import { shownOf } from './left-behind.ts';

const made = {
  content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'integer' } } } } },
};

it('says so when the backend ended, and starts it again for the next operation', async () => {
  const contract = await contractOf({
    '/notes': {
      post: {
        operationId: 'add',
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: {} } } } },
        responses: { 201: { description: 'Made', ...made } },
      },
    },
    '/lists': {
      post: {
        operationId: 'addList',
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: {} } } } },
        responses: { 201: { description: 'Made', ...made } },
      },
    },
  });
  let started = 0;
  let alive = false;
  const backend = scripted((_line, body) => (isJsonObject(body) ? [500] : [404]));
  const dying = Object.assign(Object.create(backend) as typeof backend, {
    start: async () => {
      started += 1;
      alive = true;
      return { ready: true, durationMs: 1 } as const;
    },
    send: async (request: Parameters<typeof backend.send>[0]) => {
      alive = false;
      return backend.send(request);
    },
  });
  Object.defineProperty(dying, 'alive', { get: () => alive });
  const evidence = await faultEvidence(contextOf(contract, dying, { fresh: () => Promise.resolve(dying) }));
  expect(started).toBe(2);
  expect(judged(check, evidence)).toMatchObject({
    status: 'undecided',
    reason: 'the backend ended when its database connection was cut during addList',
  });
});

it('takes another number of items for a part only where there always are as many', () => {
  const whole = { effects: { 'order /status': 'paid', 'items of tickets': 2 }, itemDifferences: [] };
  const fewer = { effects: { 'order /status': 'paid', 'items of tickets': 1 }, itemDifferences: [] };
  const before = { things: {}, lists: {}, reads: [] } as unknown as Parameters<typeof shownOf>[2];
  expect(shownOf(whole, fewer, before, ['items of tickets']).unchanged).toEqual(['items of tickets']);
  expect(shownOf(whole, fewer, before, [])).toEqual({ changed: ['order /status', 'items of tickets'], unchanged: [] });
});
