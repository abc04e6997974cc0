import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  it('gives the same values for the same seed and name, and others for another name', () => {
    const values = (seed: number, name: string): readonly number[] => {
      const random = createRandom(seed, name);
      return Array.from({ length: 20 }, () => random.integer(0, 1_000_000));
    };
    expect(values(1, 'a')).toEqual(values(1, 'a'));
    expect(values(1, 'a')).not.toEqual(values(1, 'b'));
    expect(values(1, 'a')).not.toEqual(values(2, 'a'));
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, min, span) => {
        const value = createRandom(seed, 'x').integer(min, min + span);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(min + span);
      }),
    );
  });

  it('never makes a unique word twice', () => {
    const random = createRandom(5, 'x');
    const words = Array.from({ length: 5000 }, () => random.unique('w'));
    expect(new Set(words).size).toBe(words.length);
  });
});
