import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProgress } from './progress.ts';
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

test('a clock that jumps back is not believed', () => {
  const progress = openProgress(folder);
  progress.add(many.slice(0, 5));
  expect(progress.now(start - 1e9)).toBe(progress.last);
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
