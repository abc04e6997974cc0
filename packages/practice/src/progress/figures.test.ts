import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BankQuestion } from '../bank/load.ts';
import { levelOf } from '../session/level.ts';
import { calibrationOf, figuresOf, forecastOf, retentionOf } from './figures.ts';
import { localDay } from './local-day.ts';
import { openProgress } from './progress.ts';
import type { PracticeReview } from './review-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-figures-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const day = 86_400_000;
/** A Monday. */
const start = Date.UTC(2026, 0, 5, 9);
const review = (id: string, days: number, rating: 1 | 3): PracticeReview => ({
  id,
  at: start + days * day,
  rating,
  passed: rating === 3,
  score: rating === 3 ? 1 : 0,
  seconds: 9,
  hints: 0,
  seed: 1,
  proposed: false,
});

test('what was foreseen of reviews is told by tenth and by week, the first of each question left out', () => {
  const progress = openProgress(folder);
  progress.add([review('a/x', 0, 3), review('a/y', 0, 3), review('a/x', 2, 3), review('a/y', 8, 1)]);
  const tenths = calibrationOf(progress);
  expect(tenths.reduce((sum, { reviews }) => sum + reviews, 0)).toBe(2);
  expect(tenths.every(({ from, expected }) => expected >= from && expected <= from + 0.1 + 1e-9)).toBe(true);
  expect(
    retentionOf(progress).map(({ from, reviews, known }) => [new Date(from).toISOString(), reviews, known]),
  ).toEqual([
    ['2026-01-05T00:00:00.000Z', 1, 1],
    ['2026-01-12T00:00:00.000Z', 1, 0],
  ]);
  // What is added counts at once.
  progress.add([review('a/x', 9, 1)]);
  expect(retentionOf(progress).at(-1)?.reviews).toBe(2);
  // What is asked again ten minutes later was not foreseen.
  progress.add([review('a/x', 9 + 1 / 144, 3)]);
  expect(retentionOf(progress).at(-1)?.reviews).toBe(2);
});

test('what is overdue counts to today, and what comes later to its day', () => {
  const progress = openProgress(folder);
  progress.add([review('a/x', 0, 3), review('a/y', 0, 1)]);
  const due = progress.cards.get('a/x')?.due ?? 0;
  const days = localDay(due) - localDay(start);
  const counts = forecastOf(progress, start + 3_600_000, 30);
  expect([counts[0], counts[days], counts.reduce((sum, each) => sum + each, 0)]).toEqual([1, 1, 2]);
  expect(forecastOf(progress, due + 5 * day, 3)).toEqual([2, 0, 0]);
});

test('figures are the same in whatever order the reviews came in', () => {
  const reviews = Array.from({ length: 40 }, (_, index) =>
    review(`a/${index % 5}`, index * 0.7, index % 3 === 0 ? 1 : 3),
  );
  const questions = [0, 1, 2, 3, 4].map((number) => ({
    id: `a/${number}`,
    level: number + 1,
    area: 'apis',
  })) as unknown as readonly BankQuestion[];
  let folders = 0;
  const told = (portions: readonly (readonly PracticeReview[])[]): unknown => {
    folders += 1;
    const progress = openProgress(path.join(folder, String(folders)));
    for (const portion of portions) progress.add(portion);
    const now = start + 30 * day;
    return [
      figuresOf(progress, questions, now),
      calibrationOf(progress),
      retentionOf(progress),
      levelOf(progress, questions),
    ];
  };
  const inOrder = told([reviews]);
  fc.assert(
    fc.property(fc.shuffledSubarray(reviews, { minLength: 40 }), fc.nat(40), (shuffled, cut) => {
      expect(told([shuffled.slice(0, cut), shuffled.slice(cut)])).toEqual(inOrder);
    }),
    { numRuns: 30 },
  );
});
