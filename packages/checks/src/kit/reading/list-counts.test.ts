import { expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { countedAgain, steadyLists } from './list-counts.ts';

const items = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } };
const list = { get: { responses: { 200: { description: '', content: { 'application/json': { schema: items } } } } } };
const contract = contractOf({ '/notes': list, '/counters': list, '/audit-logs': list } as never);

it('counts lists that keep their number by themselves, and none that is for records', async () => {
  let times = 0;
  const backend = scripted((line) => [
    200,
    Array.from({ length: line.includes('counters') ? (times += 1) : 3 }, (_, id) => ({ id })),
  ]);
  const context = contextOf(contract, backend);
  const lists = await steadyLists(context, new Setup(context));
  expect(lists.map(({ counted }) => [counted.exchange.request.target, counted.items])).toEqual([['/notes', 3]]);
  expect((await countedAgain(backend, lists)).map(({ items: now }) => now)).toEqual([3]);
});
