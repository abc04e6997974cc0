import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { readingsOf, sightsOf } from './readings.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const object = {
  content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'integer' } } } } },
};
const get = (operationId: string, ...more: readonly Json[]): Json => ({
  get: { operationId, parameters: [id, ...more], responses: { 200: { description: 'It', ...object } } },
});
const items = { content: { 'application/json': { schema: { type: 'array', items: { type: 'object' } } } } };

it('reads a thing by its address and by what stands right below that', async () => {
  const contract = await contractOf({
    '/products': {
      post: {
        operationId: 'add',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: { description: 'Made', ...object } },
      },
    },
    '/products/{id}': get('read'),
    '/products/{id}/stock': get('stock'),
    '/products/{id}/picture': get('picture'),
    '/products/{id}/price': get('price', { name: 'on', in: 'query', required: true, schema: { type: 'string' } }),
    '/products/{id}/movements': {
      get: { operationId: 'movements', parameters: [id], responses: { 200: { description: 'All', ...items } } },
      post: {
        operationId: 'move',
        parameters: [id],
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: { description: 'Made', ...object } },
      },
    },
    '/products/{id}/movements/{movementId}': get('movement', { ...id, name: 'movementId' }),
    '/productsheet': { get: { operationId: 'sheet', responses: { 200: { description: 'It', ...object } } } },
  });
  const context = contextOf(
    contract,
    scripted((line) => (line.endsWith('/picture') ? [404] : [200, { id: 7 }])),
  );
  const found = await readingsOf(context, new Setup(context), 'products', 7);
  expect(found.map(({ part, request }) => [part, request.target])).toEqual([
    ['', '/products/7'],
    [' stock', '/products/7/stock'],
  ]);
});

it('sees what has no address in the list where it was made', async () => {
  const seat = { type: 'object', properties: { id: { type: 'integer' }, left: { type: 'integer' } } };
  const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
  const contract = contractOf({
    '/events': {
      post: {
        operationId: 'plan',
        requestBody: json({ type: 'object' }),
        responses: { 201: { description: 'Made', ...object } },
      },
    },
    '/events/{id}': get('event'),
    '/events/{id}/seats': {
      parameters: [id],
      post: {
        operationId: 'offer',
        requestBody: json({ type: 'object' }),
        responses: { 201: { description: 'Made', ...json(seat) } },
      },
      get: {
        operationId: 'seats',
        responses: { 200: { description: 'All', ...json({ type: 'array', items: seat }) } },
      },
    },
  });
  const backend = scripted((line) => {
    if (line.startsWith('GET'))
      return [
        200,
        [
          { id: 4, left: 1 },
          { id: 5, left: 8 },
        ],
      ];
    return [201, { id: line.endsWith('/seats') ? 5 : 7, left: 8 }];
  });
  const context = contextOf(contract, backend);
  const setup = new Setup(context);
  const { resource } = await setup.make('seats');
  const [sight, ...more] = await sightsOf(context, setup, resource, 5);
  if (sight === undefined) throw new Error('it is not seen');
  expect(more).toEqual([]);
  expect(sight.request.target).toBe('/events/7/seats');
  expect(sight.toldBy(await backend.send(sight.request))).toEqual({ id: 5, left: 8 });
});
