import { describe, expect, it } from 'vitest';
import { median, powerOf, ratioOver, slopeOf } from './statistics.ts';

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

  it('takes no slope from points that are one above the other', () => {
    const points = [0, 1, 2, 3, 3, 3].map((x) => [x, 2 * x] as const);
    expect(slopeOf([...points, [3, 80], [3, 90]])?.value).toBe(2);
    expect(slopeOf([1, 2, 3, 4, 5].map((y) => [7, y] as const))).toBeNull();
  });

  it('has a lower end at or below nothing when growth ends', () => {
    expect(slopeOf([0, 10, 20, 20, 20, 20, 20, 20].map((y, x) => [x, y] as const))?.low).toBe(0);
  });
});

describe('powerOf', () => {
  it('is the power, and the wider its interval the less the points agree', () => {
    const squared = powerOf([1, 4, 16, 64].map((x) => [x, 3 * x * x] as const));
    expect(squared?.value).toBeCloseTo(2);
    expect(squared?.high).toBeCloseTo(2);
    const swaying = powerOf([
      [16, 1],
      [64, 6],
      [256, 90],
      [1024, 1440],
    ]);
    expect(swaying?.value).toBeCloseTo(1.77, 1);
    expect(swaying?.low).toBeGreaterThan(1);
    expect(swaying?.low).toBeLessThan(1.5);
  });

  it('says nothing of two points, or of points that are one above the other', () => {
    expect(powerOf([[1, 1] as const, [2, 2] as const])).toBeNull();
    expect(powerOf([1, 2, 3].map((y) => [5, y] as const))).toBeNull();
  });
});

describe('median', () => {
  it('is the middle one', () => {
    expect(median([9, 1, 5])).toBe(5);
  });
});
