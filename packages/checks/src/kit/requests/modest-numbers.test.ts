import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { operationOf } from './cases.ts';
import { withModestNumbers } from './modest-numbers.ts';

const schema = {
  type: 'object',
  properties: {
    seats: { type: 'integer', minimum: 3 },
    price: { type: 'string', pattern: '^\\d+\\.\\d{2}$' },
    year: { type: 'integer' },
    hallId: { type: 'integer' },
    lines: { type: 'array', items: { type: 'object', properties: { quantity: { type: 'integer' } } } },
  },
};
const contract = contractOf({
  '/events': {
    post: { operationId: 'plan', requestBody: { content: { 'application/json': { schema } } }, responses: {} },
  },
});
const plan = operationOf(contract, 'plan');

function modest(value: Json, bound: readonly string[] = []): Json | undefined {
  const parts = { path: {}, query: {}, headers: {}, cookies: {}, body: { mediaType: 'application/json', value } };
  return withModestNumbers(contract, plan, { operation: 'plan', ...parts }, bound).body?.value as Json | undefined;
}

it('says little where a number says how much, as the schema allows', () => {
  expect(modest({ seats: 570, price: '1234.50', lines: [{ quantity: 90 }, { quantity: 2 }] })).toEqual({
    seats: 5,
    price: '2.00',
    lines: [{ quantity: 2 }, { quantity: 2 }],
  });
});

it('leaves alone what says when or which, what is bound, and what is little already', () => {
  const value = { year: 2031, hallId: 77, seats: 4 };
  expect(modest(value)).toEqual(value);
  expect(modest({ lines: [{ quantity: 90 }] }, ['body:/lines/*/quantity'])).toEqual({ lines: [{ quantity: 90 }] });
});
