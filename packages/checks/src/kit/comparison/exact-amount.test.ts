import { expect, it } from 'vitest';
import { isExactAmount } from './exact-amount.ts';

it.each([
  ['estimate', { type: ['string', 'null'], pattern: '^(0|[1-9][0-9]{0,5})\\.[0-9]{2}$' }],
  ['amount', { type: 'string', pattern: '^\\d+\\.\\d{2}$' }],
  ['anything', { type: 'string', format: 'decimal' }],
  ['step', { type: 'number', multipleOf: 0.01 }],
  ['unitPrice', { type: 'number' }],
  ['account_balance', { type: 'number', minimum: 0 }],
  ['weight', { type: ['number', 'string'], pattern: '^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$' }],
  ['price', { type: 'string', pattern: '^(?!^[-+.]*$)[+-]?0*(?:\\d{0,8}|(?=[\\d.]{1,11}0*$)\\d{0,8}\\.\\d{0,2}0*$)' }],
  ['price', { type: 'number', format: 'double' }],
  ['pricePerKg', { type: 'number' }],
  ['cost_per_hours', { type: 'number' }],
])('%s %j is an exact amount', (name, schema) => {
  expect(isExactAmount(name, schema)).toBe(true);
});

it.each([
  ['price', { type: 'integer' }],
  ['price', { type: 'string' }],
  ['amount', { type: 'number', format: 'double' }],
  ['release', { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?$' }],
  ['code', { type: ['number', 'string'], pattern: '^[0-9]+$' }],
  ['taxRate', { type: 'number' }],
  ['totalCount', { type: 'number' }],
  ['totalCalories', { type: 'number' }],
  ['amountMl', { type: 'number' }],
  ['price_level', { type: 'number' }],
  ['latitude', { type: 'number' }],
  ['version', { type: 'string', pattern: '^[0-9]+\\.[0-9]+$' }],
])('%s %j is none', (name, schema) => {
  expect(isExactAmount(name, schema)).toBe(false);
});

it.each([
  [['id', 'name', 'amount', 'unit'], false],
  [['amount', 'measureUnit'], false],
  [['amount', 'unit', 'currency'], true],
  [['amount', 'unit', 'unitPrice'], true],
  [['amount', 'unitId'], true],
])('an amount beside %j is one of money: %s', (beside, isMoney) => {
  expect(isExactAmount('amount', { type: 'number' }, beside)).toBe(isMoney);
  expect(isExactAmount('price', { type: 'number' }, beside)).toBe(true);
});
