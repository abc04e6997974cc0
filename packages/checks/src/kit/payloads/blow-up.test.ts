import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blowUpRounds, cannotBlowUp, isBlowUp, type TimedPair } from './blow-up.ts';

const pairsOf = (...times: readonly (readonly [attackMs: number, controlMs: number])[]): readonly TimedPair[] =>
  times.map(([attackMs, controlMs]) => ({ attackMs, controlMs }));

it('gives up where an attack was quick, and where three controls were slow', () => {
  expect(cannotBlowUp(pairsOf([2_000, 5], [900, 5]))).toBe(true);
  expect(cannotBlowUp(pairsOf([2_000, 1_900], [2_000, 1_900], [2_000, 1_900]))).toBe(true);
  expect(cannotBlowUp(pairsOf([2_000, 1_900], [2_000, 1_900]))).toBe(false);
  expect(cannotBlowUp(pairsOf([2_000, 5], [2_000, 900], [2_000, 5]))).toBe(false);
});

it('gives up on nothing that all rounds would show to be a blow-up', () => {
  const time = fc.nat(3_000);
  const all = fc.array(fc.record({ attackMs: time, controlMs: fc.oneof(time, fc.nat(60)) }), {
    minLength: 3,
    maxLength: blowUpRounds,
  });
  fc.assert(
    fc.property(all, fc.nat(blowUpRounds - 1), (pairs, asked) => {
      if (cannotBlowUp(pairs.slice(0, asked + 1))) expect(isBlowUp(pairs, 3)).toBe(false);
    }),
  );
});
