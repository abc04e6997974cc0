import { PassThrough } from 'node:stream';
import type { MutantResult, Verification } from '@assay/prove';
import { expect, it } from 'vitest';
import { matrix, mutantLine, verifiedStatus } from './verify.ts';

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

it('counts what may catch a mutant neither as a stray nor as a false alarm', () => {
  const plain = Object.assign(new PassThrough(), { isTTY: false }) as unknown as NodeJS.WriteStream;
  const found = (id: string, status: Status, caughtBy: readonly string[]): MutantResult => ({
    id,
    stack: 'php',
    title: '',
    expected: ['data/a'],
    allowed: ['data/b'],
    caughtBy,
    status,
  });
  const caught = found('one', 'caught', ['data/a', 'data/b']);
  const stray = found('two', 'stray', ['data/a', 'data/b', 'data/c']);
  expect(mutantLine(caught, plain)).toBe('✔ php/one: caught');
  expect(mutantLine(stray, plain)).toBe('✘ php/two: stray\n    also caught by data/c');
  const result = { challenge: 'todo', references: [], mutants: [caught, stray], caught: 1, total: 2, falseAlarms: 0 };
  expect(matrix(result, plain)).toBe(
    `
todo: the kill matrix
  2/2  data/a
       php/one, php/two

References: 0 of 0 passed. Mutants: 1 of 2 caught. False alarms: 0.
`,
  );
});
