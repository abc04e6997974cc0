import type { Rating } from './rating.ts';

/** What is remembered of one question. Times are milliseconds since 1970. */
export interface Card {
  readonly stability: number;
  readonly difficulty: number;
  readonly due: number;
  readonly last: number;
  readonly reps: number;
  readonly lapses: number;
}

/** One review, as a log keeps it. */
export interface Review {
  readonly at: number;
  readonly rating: Rating;
}

export const dayMs = 86_400_000;

/** Days between two times; a clock that was set back counts as none. */
export function daysBetween(from: number, to: number): number {
  return Math.max(0, (to - from) / dayMs);
}

/** Whole days between two times, to the nearest. None: it is the same day, also across midnight; what is answered ten minutes later says nothing of how it is kept. */
export function wholeDaysBetween(from: number, to: number): number {
  return Math.round(daysBetween(from, to));
}
