import { expect, test } from 'vitest';
import { AnswerClock } from './answer-clock.ts';

const nothing = { seen: 0, thinking: null };

test('time in which the page is hidden counts for nothing', () => {
  const clock = new AnswerClock(nothing);
  clock.show(1000);
  clock.hide(4000);
  expect(clock.counted(60_000)).toEqual({ seen: 3, thinking: null });
  clock.show(60_000);
  clock.show(61_000);
  expect(clock.counted(62_000).seen).toBe(5);
});

test('thinking ends when the answer is begun, and only once', () => {
  const clock = new AnswerClock(nothing);
  clock.show(0);
  clock.begin(2000);
  clock.begin(7000);
  expect(clock.counted(9000)).toEqual({ seen: 9, thinking: 2 });
});

test('after a reload it goes on where it was', () => {
  const before = new AnswerClock(nothing);
  before.show(0);
  before.begin(2000);
  const after = new AnswerClock(before.counted(40_000));
  after.show(100);
  after.begin(1100);
  expect(after.counted(2100)).toEqual({ seen: 42, thinking: 2 });
});
