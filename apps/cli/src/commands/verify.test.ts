import type { Verification } from '@assay/prove';
import { expect, it } from 'vitest';
import { verifiedStatus } from './verify.ts';

type Verdict = Verification['references'][number]['verdict'];
type Status = Verification['mutants'][number]['status'];

function status(references: readonly Verdict[], mutants: readonly Status[]): number {
  const mutant = { id: 'm', stack: 'node', title: '', expected: [], allowed: [], caughtBy: [] };
  return verifiedStatus([
    {
      challenge: 'todo',
      references: references.map((verdict) => ({ stack: 'node', verdict, reason: '', alarms: [] })),
      mutants: mutants.map((one) => ({ ...mutant, status: one })),
      caught: 0,
      total: 0,
      falseAlarms: 0,
    },
  ]);
}

it('passes only with everything passed and caught', () => {
  expect(status(['passed'], ['caught'])).toBe(0);
  expect(status(['passed'], ['undecided'])).toBe(3);
  expect(status(['undecided'], ['caught'])).toBe(3);
});

it('does not hide what failed behind what is undecided', () => {
  expect(status(['undecided'], ['missed'])).toBe(1);
  expect(status(['undecided', 'failed'], [])).toBe(1);
  expect(status(['passed'], ['undecided', 'stray'])).toBe(1);
});
