import { expect, it } from 'vitest';
import { linear, logarithmic, logTicks, short, ticksBetween, ticksTo } from './scale.ts';

it('finds round ticks that reach the most', () => {
  expect(ticksTo(143)).toEqual([0, 50, 100, 150]);
  expect(ticksTo(0.7)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  expect(ticksTo(1)).toEqual([0, 0.5, 1]);
  expect(ticksTo(0)).toEqual([0, 1]);
  expect(ticksBetween(33, 87)).toEqual([40, 60, 80]);
  expect(ticksBetween(0, 1)).toEqual([0, 0.5, 1]);
  expect(logTicks(0.5, 12)).toEqual([0.5, 1, 2, 5, 10]);
  expect(logTicks(0.1, 2000)).toEqual([0.1, 1, 10, 100, 1000]);
});

it('maps values to pixels, and does not divide by an empty span', () => {
  expect(linear([0, 10], [100, 0])(5)).toBe(50);
  expect(linear([3, 3], [0, 100])(3)).toBe(0);
  expect(logarithmic([1, 100], [0, 100])(10)).toBeCloseTo(50);
  expect(logarithmic([1, 100], [0, 100])(0)).toBe(0);
});

it('shortens figures', () => {
  expect([0.1234, 9999, 12_345, 2_500_000].map(short)).toEqual(['0.123', '10,000', '12.3k', '2.5M']);
});
