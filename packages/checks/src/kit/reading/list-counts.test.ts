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

it('counts events that people make, but neither work that a start may queue nor what signing in makes', async () => {
  const made = (properties: object) => ({
    ...list,
    post: {
      requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
      responses: { 201: { description: '', content: { 'application/json': { schema: items.items } } } },
    },
  });
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
  const one = { get: { parameters, responses: { 200: { description: '' } } } };
  const text = { type: 'string' };
  const credentials = { email: { ...text, format: 'email' }, password: text };
  const events = contractOf({
    '/users': { post: made(credentials).post },
    '/events': made({ title: text }),
    '/events/{id}': one,
    '/sessions': made(credentials),
    '/sessions/{id}': one,
    '/blogs': list,
    '/jobs': made({ title: text }),
    '/jobs/{id}': one,
  } as never);
  const context = contextOf(
    events,
    scripted(() => [200, [{ id: 1 }]]),
  );
  expect(context.shape.signIn?.login?.operation).toBe('POST /sessions');
  const lists = await steadyLists(context, new Setup(context));
  expect(lists.map(({ counted }) => counted.exchange.request.target)).toEqual(['/events', '/blogs']);
});

it('asks for no more items on a page than the contract allows', async () => {
  const parameters = ['limit', 'offset'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'integer', maximum: 20 },
  }));
  const few = contractOf({ '/notes': { get: { ...list.get, parameters } } } as never);
  const context = contextOf(
    few,
    scripted((line) => (line.includes('limit=20') ? [200, [{ id: 1 }]] : [422])),
  );
  expect((await steadyLists(context, new Setup(context))).map(({ counted }) => counted.items)).toEqual([1]);
});
