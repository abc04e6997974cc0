import { expect, it } from 'vitest';
import { limitOutput } from './output-limit.ts';

const limits = { lines: 3, characters: 100, allLines: 5, allCharacters: 1000 };
const note = 'assay: what it prints from here on is not kept.';

/** What is passed on of these lines, as `instance line`. */
function kept(printed: readonly (readonly [instance: string, line: string])[]): readonly string[] {
  const told: string[] = [];
  const limited = limitOutput((instance, { line }) => told.push(`${instance} ${line}`), limits);
  for (const [instance, line] of printed) limited(instance, { source: 'backend', stream: 'stdout', line });
  return told;
}

it('passes on so many lines of an instance, says that it stops there, and goes on with others', () => {
  const many = Array.from({ length: 9 }, () => ['i-1', ''] as const);
  expect(kept([...many, ['i-2', 'x']])).toEqual(['i-1 ', 'i-1 ', 'i-1 ', `i-1 ${note}`, 'i-2 x']);
});

it('counts characters too', () => {
  expect(
    kept([
      ['i-1', 'x'.repeat(101)],
      ['i-1', 'y'],
    ]),
  ).toEqual([`i-1 ${note}`]);
});

it('ends what all of them print together', () => {
  const printed = Array.from({ length: 9 }, (_, index) => [`i-${index}`, 'x'] as const);
  expect(kept(printed).slice(4, 7)).toEqual(['i-4 x', `i-5 ${note}`, `i-6 ${note}`]);
});
