import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';

function of(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('Histogram', () => {
  it('gives every percentile within its relative error of the exact one', () => {
    const milliseconds = fc.array(fc.integer({ min: 0, max: 3_600_000_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(milliseconds, fc.double({ min: 0.001, max: 1, noNaN: true }), (micros, share) => {
        const sorted = micros.toSorted((a, b) => a - b);
        const exact = (sorted[Math.max(1, Math.ceil(sorted.length * share)) - 1] ?? 0) / 1000;
        const told = of(micros.map((value) => value / 1000)).percentile(share);
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact / 1024);
      }),
    );
  });

  it('is exact to the microsecond for short ones', () => {
    expect(of([0.001, 0.5, 1.999]).percentile(0.5)).toBe(0.5);
    expect(of([0.001, 0.5, 1.999]).percentile(1)).toBe(1.999);
  });

  it('adds up', () => {
    const both = of([1, 2]);
    both.add(of([10, 20]));
    expect(both.summary()).toEqual(of([1, 2, 10, 20]).summary());
    expect(both.summary()).toMatchObject({ count: 4, min: 1, max: 20, mean: 8.25 });
  });

  it('has no percentiles of nothing', () => {
    expect(new Histogram().percentile(0.5)).toBeNaN();
  });
});
