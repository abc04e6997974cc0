import { expect, test } from 'vitest';
import { median, signTest } from './sign-test.ts';

test.each([
  [10, 10, 1 / 1024],
  [9, 10, 11 / 1024],
  [0, 4, 1],
  [28, 28, 2 ** -28],
  [27, 28, 29 * 2 ** -28],
])('%i of %i', (sameWay, pairs, likely) => {
  expect(signTest(sameWay, pairs)).toBeCloseTo(likely, 12);
});

test('the middle one, or between the two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
