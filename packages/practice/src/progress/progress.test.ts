import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dayMs } from '@assay/recall';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clockRemark } from './clock-remark.ts';
import { openProgress, type Progress } from './progress.ts';
import type { PracticeReview } from './review-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-progress-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = Date.UTC(2026, 0, 1);
const review = (id: string, at: number): PracticeReview => ({
  id,
  at,
  rating: 3,
  passed: true,
  score: 1,
  seconds: 9,
  hints: 0,
  seed: 1,
  proposed: false,
});
const many = Array.from({ length: 450 }, (_, index) => review(`a/q${index % 7}`, start + index * 3_600_000));

test('the snapshot tells what the log tells', () => {
  openProgress(folder).add(many);
  const withSnapshot = [...openProgress(folder).cards];
  rmSync(path.join(folder, 'snapshot.json'));
  expect([...openProgress(folder).cards]).toEqual(withSnapshot);
  writeFileSync(path.join(folder, 'snapshot.json'), '{"key":');
  expect([...openProgress(folder).cards]).toEqual(withSnapshot);
});

test('half a line of a killed process loses nothing else', () => {
  openProgress(folder).add(many.slice(0, 3));
  appendFileSync(path.join(folder, 'reviews.ndjson'), '{"id":"a/q');
  const progress = openProgress(folder);
  progress.add([review('a/new', start + 9e9)]);
  expect(openProgress(folder).cards.has('a/new')).toBe(true);
  expect(openProgress(folder).count).toBe(4);
});

test('reviews that are older than others take their place in time', () => {
  const progress = openProgress(folder);
  progress.add(many.slice(10, 20));
  progress.add(many.slice(0, 10));
  rmSync(folder, { recursive: true, force: true });
  const inOrder = openProgress(folder);
  inOrder.add(many.slice(0, 20));
  expect(new Map(progress.cards)).toEqual(new Map(inOrder.cards));
});

test('a clock that goes back by hours, or has lost its battery, is not believed', () => {
  const progress = openProgress(folder, () => start + 30 * dayMs);
  progress.add(many.slice(0, 5));
  expect(progress.now(progress.last - 3_600_000)).toBe(progress.last);
  expect(progress.now(Date.UTC(2009, 0, 1))).toBe(progress.last);
  const flat = openProgress(folder, () => Date.UTC(2009, 0, 1));
  expect(new Map(flat.cards)).toEqual(new Map(progress.cards));
});

test('one answer while the clock stood a year ahead costs the place of that answer alone, whatever was opened when', () => {
  let clock = start + 30 * dayMs;
  const wrong = clock + 365 * dayMs;
  const write = (answers: readonly PracticeReview[]): Progress => {
    const progress = openProgress(folder, () => clock);
    progress.add(answers);
    return progress;
  };
  write(many);
  clock = wrong;
  const open = write([review('a/wrong', wrong)]);
  expect(open.cards.get('a/wrong')?.last).toBe(wrong);
  clock = start + 31 * dayMs;
  for (const progress of [open, openProgress(folder, () => clock)]) {
    progress.refresh();
    expect(progress.now(clock)).toBe(clock);
    expect([progress.ahead, progress.last]).toEqual([1, many.at(-1)?.at]);
    expect(progress.cards.get('a/wrong')?.last).toBe(many.at(-1)?.at);
    expect(progress.reviews().at(-1)).toMatchObject({ id: 'a/wrong', at: many.at(-1)?.at });
    expect(clockRemark(progress, clock)).toMatch(/^One answer was noted/);
  }
  // Life goes on from day to day.
  const later = write([review('a/q1', clock)]);
  expect([later.last, later.cards.get('a/q1')?.last]).toEqual([clock, clock]);
});

test('two that write to one history each see what the other adds and sets', () => {
  const [terminal, browser] = [openProgress(folder), openProgress(folder)];
  terminal.add(many.slice(5, 8));
  browser.add([review('a/browser', start + 9e9)]);
  terminal.refresh();
  expect(new Map(terminal.cards)).toEqual(new Map(browser.cards));
  expect(terminal.count).toBe(4);
  terminal.configure({ retention: 0.8 });
  terminal.add(many.slice(0, 5));
  browser.refresh();
  expect(browser.scheduler.retention).toBe(0.8);
  expect(new Map(browser.cards)).toEqual(new Map(terminal.cards));
});
