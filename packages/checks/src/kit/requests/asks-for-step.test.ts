import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { exchangeOf, firstOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { asksForStep } from './asks-for-step.ts';

const listed = { type: 'string', enum: ['placed', 'shipped'] };

function asks(line: string, template: string, properties: Json, sent: Json): boolean {
  const [method = ''] = line.split(' ');
  const content = { 'application/json': { schema: { type: 'object', properties } } };
  const contract = contractOf(
    { [template]: { [method.toLowerCase()]: { requestBody: { content }, responses: { 200: { description: 'ok' } } } } },
    { Status: listed },
  );
  return asksForStep(exchangeOf(line, 422, { sent }).request, firstOf(contract.operations), contract);
}

it.each([
  ['PATCH /orders/1', '/orders/{id}', { status: listed }, { status: 'shipped' }],
  ['PUT /orders/1', '/orders/{id}', { orderState: { $ref: '#/components/schemas/Status' } }, { orderState: 'shipped' }],
  ['POST /orders/1/steps', '/orders/{id}/steps', { next_stage: listed }, { next_stage: 'shipped' }],
  ['PATCH /orders/1', '/orders/{id}', { order: { properties: { status: listed } } }, { order: { status: 'placed' } }],
  [
    'PATCH /orders/1',
    '/orders/{id}',
    { data: { properties: { type: { type: 'string' }, attributes: { properties: { status: listed } } } } },
    { data: { type: 'orders', attributes: { status: 'placed' } } },
  ],
])('%s asks for a step', (line, template, properties, sent) => {
  expect(asks(line, template, properties, sent)).toBe(true);
});

it.each([
  ['POST /orders', '/orders', { status: listed }, { status: 'shipped' }],
  ['PATCH /orders/1', '/orders/{id}', { status: listed, note: { type: 'string' } }, { note: 'oak' }],
  ['PATCH /orders/1', '/orders/{id}', { status: { type: 'string' } }, { status: 'oak' }],
  ['PATCH /orders/1', '/orders/{id}', { priority: listed }, { priority: 'placed' }],
])('%s asks for none: %j', (line, template, properties, sent) => {
  expect(asks(line, template, properties, sent)).toBe(false);
});
