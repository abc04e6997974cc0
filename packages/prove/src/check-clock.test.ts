import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CheckClock } from './check-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is over after its time', () => {
  const clock = new CheckClock(100);
  vi.advanceTimersByTime(60);
  expect([clock.remaining(), clock.signal.aborted]).toEqual([40, false]);
  vi.advanceTimersByTime(40);
  expect([clock.remaining(), clock.signal.aborted]).toEqual([0, true]);
});

it('does not count the time in which it stands still', async () => {
  const clock = new CheckClock(100);
  vi.advanceTimersByTime(60);
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  const works = [clock.pausedFor(() => first.promise), clock.pausedFor(() => second.promise)];
  vi.advanceTimersByTime(10_000);
  first.resolve('built');
  await works[0];
  vi.advanceTimersByTime(10_000);
  expect([clock.remaining(), clock.signal.aborted]).toEqual([40, false]);
  second.reject(new Error('no'));
  await expect(works[1]).rejects.toThrow('no');
  vi.advanceTimersByTime(39);
  expect(clock.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(clock.signal.aborted).toBe(true);
});

it('holds nobody up once it was stopped, also when what it waited for ends later', async () => {
  const clock = new CheckClock(100);
  const work = Promise.withResolvers<void>();
  const held = clock.pausedFor(() => work.promise);
  clock.stop();
  work.resolve();
  await held;
  expect(vi.getTimerCount()).toBe(0);
});
