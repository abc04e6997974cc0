import { dayMs } from '@assay/recall';
import type { PracticeReview } from './review-log.ts';

/** Assay is younger. A clock that stands before this has lost its battery, and no review is judged by it. */
const youngest = Date.UTC(2026, 0, 1);

/** Whether a time lies in the future, by a clock that may go wrong by a day. */
export function isAhead(at: number, clock: number): boolean {
  return clock > youngest && at > clock + dayMs;
}

/**
 * Reviews in the order of the log, at times that can be: one that lies in the future was written while the clock stood ahead, and counts as made with those
 * before it in the log. So one wrong year costs the place of one answer, and holds up no other until then.
 */
export function believed(reviews: readonly PracticeReview[], clock: number, before: number): readonly PracticeReview[] {
  const [first] = reviews.filter(({ at }) => !isAhead(at, clock));
  let last = before;
  return reviews.map((review) => {
    if (isAhead(review.at, clock)) return { ...review, at: last > 0 ? last : (first?.at ?? clock) };
    last = Math.max(last, review.at);
    return review;
  });
}
