import { expect, test } from 'vitest';
import { closest } from './closest.ts';

test.each([
  ['strat', 'start'],
  ['relase', 'release'],
  ['Database', 'database'],
  ['xyz', null],
])('%s → %s', (word, meant) => {
  expect(closest(word, ['start', 'release', 'database'])).toBe(meant);
});
