import { Fault } from '@assay/contract';
import { reviewsToAdd } from './deck.ts';
import type { Progress } from '../progress/progress.ts';
import type { PracticeReview } from '../progress/review-log.ts';

/** A clock may go wrong by so much. Milliseconds. */
const leeway = 86_400_000;

/** Adds the reviews that are not known yet, and returns how many those were. Throws the fault bad-deck for reviews of the future: they would hold every later one up. */
export function takeOver(progress: Progress, reviews: readonly PracticeReview[], now: number): number {
  const ahead = reviews.find(({ at }) => at > now + leeway);
  if (ahead !== undefined)
    throw new Fault(
      'bad-deck',
      `The review of ${ahead.id} lies in the future: ${new Date(ahead.at).toISOString()}.`,
      'Set the clock of the machine that wrote it, and correct that line.',
    );
  const added = reviewsToAdd(progress.reviews(), reviews);
  progress.add(added);
  return added.length;
}
