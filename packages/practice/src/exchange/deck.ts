import type { Card } from '@assay/recall';
import type { PracticeReview } from '../progress/review-log.ts';

/** One question in a deck: its two sides, and what is known of it. */
export interface DeckNote {
  readonly id: string;
  readonly front: string;
  readonly back: string;
  readonly tags: readonly string[];
  readonly card: Card | null;
  readonly reviews: readonly PracticeReview[];
}

/** What a deck said of Assay's questions. */
export interface ReadDeck {
  readonly reviews: readonly PracticeReview[];
  /** How many of Assay's notes there were. */
  readonly notes: number;
  /** Notes of other origin, which are left alone. */
  readonly foreign: number;
}

/** Those that are not known yet. Nobody answers one question twice within a second, and a deck may have moved a review by a few milliseconds. */
export function reviewsToAdd(
  known: readonly PracticeReview[],
  read: readonly PracticeReview[],
): readonly PracticeReview[] {
  const seconds = new Set(known.map(({ id, at }) => `${Math.floor(at / 1000)} ${id}`));
  return read.filter(
    ({ id, at }) => ![-500, 0, 500].some((off) => seconds.has(`${Math.floor((at + off) / 1000)} ${id}`)),
  );
}
