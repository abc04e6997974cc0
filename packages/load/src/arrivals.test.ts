import { describe, expect, it } from 'vitest';
import { burstArrivals, constantArrivals, poissonArrivals, rampArrivals } from './arrivals.ts';

/** A small linear congruential generator: the same numbers each time. */
function numbers(seed: number) {
  let state = seed;
  return { next: () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32 };
}

describe('arrivals', () => {
  it('are evenly spaced at a constant rate', () => {
    expect([...constantArrivals(4, 1)]).toEqual([0, 250, 500, 750]);
  });

  it('come as a Poisson process: the mean rate, ascending, as many short gaps as there should be, and the same for the same seed', () => {
    const times = poissonArrivals(1000, 20, numbers(7));
    expect(Math.abs(times.length - 20_000)).toBeLessThan(600);
    const gaps = [...times].map((at, index) => at - (times[index - 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
    // Of exponential gaps 1 − 1/e are shorter than the mean.
    const short = gaps.filter((gap) => gap < 1).length / gaps.length;
    expect(short).toBeCloseTo(1 - 1 / Math.E, 1);
    expect(poissonArrivals(1000, 20, numbers(7))).toEqual(times);
  });

  it('grow denser on a ramp', () => {
    const times = rampArrivals(100, 300, 10);
    expect(times.length).toBe(2000);
    const within = (from: number, to: number) => times.filter((at) => at >= from && at < to).length;
    expect(within(0, 1000)).toBeCloseTo(110, -1);
    expect(within(9000, 10_000)).toBeCloseTo(290, -1);
    expect([...rampArrivals(2, 2, 1)]).toEqual([0, 500]);
  });

  it('come all at once in a burst', () => {
    expect([...burstArrivals(3)]).toEqual([0, 0, 0]);
  });
});
