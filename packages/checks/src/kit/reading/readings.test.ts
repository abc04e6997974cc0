import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { readingsOf } from './readings.ts';

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
