import { expect, it } from 'vitest';
import { isExactAmount } from './exact-amount.ts';

it.each([
  ['estimate', { type: ['string', 'null'], pattern: '^(0|[1-9][0-9]{0,5})\\.[0-9]{2}$' }],
  ['amount', { type: 'string', pattern: '^\\d+\\.\\d{2}$' }],
  ['anything', { type: 'string', format: 'decimal' }],
  ['step', { type: 'number', multipleOf: 0.01 }],
  ['unitPrice', { type: 'number' }],
  ['account_balance', { type: 'number', minimum: 0 }],
])('%s %j is an exact amount', (name, schema) => {
  expect(isExactAmount(name, schema)).toBe(true);
});

it.each([
  ['price', { type: 'integer' }],
  ['price', { type: 'string' }],
  ['price', { type: 'number', format: 'double' }],
  ['taxRate', { type: 'number' }],
  ['totalCount', { type: 'number' }],
  ['latitude', { type: 'number' }],
  ['version', { type: 'string', pattern: '^[0-9]+\\.[0-9]+$' }],
])('%s %j is none', (name, schema) => {
  expect(isExactAmount(name, schema)).toBe(false);
});
