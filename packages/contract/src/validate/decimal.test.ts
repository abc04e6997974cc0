import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, isMultipleOf, numberOf } from './decimal.ts';

describe('decimals', () => {
  it('hold every number exactly as its text says', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        expect(numberOf(decimalOf(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('find multiples where doubles miss them, and only there', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 4 }), (whole, scale) => {
        const divisor = Number(`1e-${scale}`);
        const value = Number(`${whole}e-${scale}`);
        expect(isMultipleOf(value, divisor)).toBe(true);
        expect(isMultipleOf(Number(`${whole}5e-${scale + 1}`), divisor)).toBe(false);
      }),
    );
  });
});
