import { describe, expect, it } from 'vitest';
import { median, ratioOver, slopeOf } from './statistics.ts';

describe('ratioOver', () => {
  it('is the geometric mean with an interval that rounds which differ make wider', () => {
    expect(ratioOver([0.5, 1, 2])?.value).toBeCloseTo(1);
    const close = ratioOver([0.2, 0.21, 0.19, 0.2, 0.2]);
    expect(close?.value).toBeCloseTo(0.2, 2);
    expect(close?.high).toBeLessThan(0.22);
    expect(ratioOver([0.1, 0.2, 0.9])?.high).toBeGreaterThan(1);
  });

  it('says nothing of two rounds, or of rounds without a value', () => {
    expect(ratioOver([1, 1])).toBeNull();
    expect(ratioOver([1, 1, Number.NaN, 0])).toBeNull();
  });
});

describe('slopeOf', () => {
  it('is not moved by an outlier', () => {
    const points = [0, 1, 2, 3, 4, 5, 6].map((x) => [x, x === 3 ? 500 : 2 * x] as const);
    expect(slopeOf(points)?.value).toBe(2);
  });

  it('has a lower end at or below nothing when growth ends', () => {
    expect(slopeOf([0, 10, 20, 20, 20, 20, 20, 20].map((y, x) => [x, y] as const))?.low).toBe(0);
  });
});

describe('median', () => {
  it('is the middle one', () => {
    expect(median([9, 1, 5])).toBe(5);
  });
});
