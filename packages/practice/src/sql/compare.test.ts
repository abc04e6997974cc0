import { expect, test } from 'vitest';
import { differenceOf } from './compare.ts';
import type { ResultRows } from './run-answer.ts';

const table = (
  types: readonly number[],
  rows: readonly (readonly (string | null)[])[],
  names = ['a', 'b', 'c'],
): ResultRows => ({ columns: types.map((type, index) => ({ name: names[index] ?? '', type })), rows });
const free = { order: [], limit: null, columns: 'position' } as const;

test('rows are a multiset unless order is asked for', () => {
  const key = table(
    [23, 25],
    [
      ['1', 'x'],
      ['1', 'x'],
      ['2', 'y'],
    ],
  );
  expect(
    differenceOf(
      table(
        [20, 25],
        [
          ['2', 'y'],
          ['1', 'x'],
          ['1', 'x'],
        ],
      ),
      key,
      free,
    ),
  ).toBeNull();
  expect(
    differenceOf(
      table(
        [23, 25],
        [
          ['2', 'y'],
          ['2', 'y'],
          ['1', 'x'],
        ],
      ),
      key,
      free,
    ),
  ).toMatch(/not right 2 times; it is there once/);
  expect(
    differenceOf(
      table(
        [23, 25],
        [
          ['1', 'x'],
          ['2', 'y'],
        ],
      ),
      key,
      free,
    ),
  ).toMatch(/2 rows; 3 rows/);
  expect(
    differenceOf(
      table(
        [23, 25],
        [
          ['2', 'y'],
          ['1', 'x'],
          ['1', 'x'],
        ],
      ),
      key,
      { ...free, order: ['a'] },
    ),
  ).toMatch(/order is not/);
});

test('ties are free, also at the end of a limit', () => {
  const key = table(
    [23, 25],
    [
      ['9', 'a'],
      ['5', 'b'],
      ['5', 'c'],
      ['1', 'd'],
    ],
  );
  const ordered = { ...free, order: ['a'] };
  expect(
    differenceOf(
      table(
        [23, 25],
        [
          ['9', 'a'],
          ['5', 'c'],
          ['5', 'b'],
          ['1', 'd'],
        ],
      ),
      key,
      ordered,
    ),
  ).toBeNull();
  expect(
    differenceOf(
      table(
        [23, 25],
        [
          ['9', 'a'],
          ['5', 'c'],
        ],
      ),
      key,
      { ...ordered, limit: 2 },
    ),
  ).toBeNull();
  expect(
    differenceOf(
      table(
        [23, 25],
        [
          ['9', 'a'],
          ['1', 'd'],
        ],
      ),
      key,
      { ...ordered, limit: 2 },
    ),
  ).toMatch(/order is not/);
});

test('numbers are compared by value, columns by policy', () => {
  expect(differenceOf(table([1700], [['1.50']]), table([701], [['1.5']]), free)).toBeNull();
  expect(
    differenceOf(table([1700], [['3.33333333333333333']]), table([701], [['3.3333333333333335']]), free),
  ).toBeNull();
  expect(differenceOf(table([25], [['1.50']]), table([25], [['1.5']]), free)).not.toBeNull();
  expect(differenceOf(table([23], [[null]]), table([23], [['0']]), free)).toMatch(/NULL/);
  const named = { ...free, columns: 'name' } as const;
  expect(
    differenceOf(table([23, 25], [['1', 'x']], ['n', 't']), table([25, 23], [['x', '1']], ['t', 'n']), named),
  ).toBeNull();
  expect(
    differenceOf(table([23, 25], [['1', 'x']], ['n', 'u']), table([25, 23], [['x', '1']], ['t', 'n']), named),
  ).toMatch(/no column named t/);
});
