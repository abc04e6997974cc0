import { type Card, wholeDaysBetween } from '@assay/recall';
import type { Progress } from './progress.ts';
import { remembered } from './remembered.ts';

/** A repeated review: what was foreseen of it, and what became of it. */
export interface PredictedReview {
  readonly at: number;
  /** The chance of its being known, from 0 to 1. */
  readonly expected: number;
  readonly known: boolean;
}

/** Every review on another day than the one before of its question, with what the schedule as it is now would have foreseen. */
export function predictedReviews(progress: Progress): readonly PredictedReview[] {
  return remembered(progress, 'predicted', () => predict(progress));
}

function predict(progress: Progress): readonly PredictedReview[] {
  const { scheduler } = progress;
  const cards = new Map<string, Card>();
  return progress.reviews().flatMap(({ id, at, rating }) => {
    const card = cards.get(id) ?? null;
    cards.set(id, scheduler.next(card, rating, at));
    if (card === null || wholeDaysBetween(card.last, at) === 0) return [];
    return [{ at, expected: scheduler.recall(card, at), known: rating > 1 }];
  });
}
