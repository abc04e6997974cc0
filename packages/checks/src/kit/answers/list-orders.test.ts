import type { Json, JsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { memberOrderedBy, ordersOf, ordersToWalk } from './list-orders.ts';

const shops = ['a', 'b', 'c'].map((code): Json => ({ id: code, code, name: 'Ink', pointsRate: 3, tags: [] }));

function orders(parameter: JsonObject, alike: readonly Json[] = shops): readonly string[] {
  const contract = contractOf({
    '/shops': {
      get: {
        operationId: 'listShops',
        parameters: [{ in: 'query', ...parameter }],
        responses: { 200: { description: 'ok' } },
      },
    },
  });
  return ordersOf(contract, operationOf(contract, 'listShops'), alike).map(({ name, value }) => `${name}=${value}`);
}

describe('ordersOf', () => {
  const values = ['code', 'newest', 'points_rate:desc', '-name', 'random', ''];

  it('begins with orders in which alike things are equal, and ends with those in which they are not', () => {
    const told = ['sort=points_rate:desc', 'sort=-name', 'sort=newest', 'sort=code'];
    expect(orders({ name: 'sort', schema: { type: 'string', enum: values } })).toEqual(told);
    const several = { type: 'array', items: { type: 'string', enum: values } };
    expect(orders({ name: 'sort', schema: several })).toEqual(told);
  });

  it('leaves them as the contract has them where no two things were made alike', () => {
    const expected = ['order_by=code', 'order_by=newest', 'order_by=points_rate:desc', 'order_by=-name'];
    const parameter = { name: 'order_by', schema: { type: 'string', enum: values } };
    expect(orders(parameter, [])).toEqual(expected);
    expect(orders(parameter, shops.slice(0, 1)).toSorted()).toEqual(expected.toSorted());
  });

  it('takes members that a pattern or a description names, when alike things are equal in them', () => {
    const pattern = '^-?(name|code|created_at|tags)$';
    expect(orders({ name: 'sortBy', schema: { type: 'string', pattern } })).toEqual(['sortBy=name']);
    const description = 'By `name` or `pointsRate`, or by any other member';
    expect(orders({ name: 'sort', description, schema: { type: 'string' } })).toEqual(['sort=name', 'sort=pointsRate']);
  });

  it('guesses nothing where the contract names no order, and takes no filter for one', () => {
    expect(orders({ name: 'sort', schema: { type: 'string' } })).toEqual([]);
    expect(orders({ name: 'orderId', schema: { type: 'string', enum: ['name'] } })).toEqual([]);
  });
});

describe('ordersToWalk', () => {
  const all = ['-name', 'pointsRate', 'newest', 'hottest', 'id', 'code', '-code'].map((value) => ({
    name: 'sort',
    value,
  }));
  const walked = (most: number, orders = all) => ordersToWalk(orders, shops, most).map(({ value }) => value);

  it('keeps one in which each has its own value', () => {
    expect(walked(4)).toEqual(['-name', 'pointsRate', 'newest', 'code']);
    expect(walked(4, all.slice(0, 5))).toEqual(['-name', 'pointsRate', 'newest', 'id']);
  });

  it('takes the first where there is none, and all where there is time', () => {
    expect(walked(2, all.slice(0, 3))).toEqual(['-name', 'pointsRate']);
    expect(walked(10).toSorted()).toEqual(all.map(({ value }) => value).toSorted());
  });
});

it.each([
  ['-name', 'name'],
  ['points_rate:desc', 'pointsRate'],
  ['newest', undefined],
])('finds the member that an order is by: %s', (value, member) => {
  expect(memberOrderedBy({ name: 'sort', value }, shops)).toBe(member);
});
