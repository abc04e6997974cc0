import { clipParameters } from 'ts-fsrs';
import { fsrsLoss, type History, predictedOf } from './log-loss.ts';
import { createScheduler } from './scheduler.ts';

export interface Fit {
  /** True when the fitted weights predict reviews that they have not seen better than the given ones. */
  readonly better: boolean;
  readonly weights: readonly number[];
  /** Log loss on the reviews held back. */
  readonly before: number;
  readonly after: number;
}

/** With fewer there is nothing to be learnt. */
export const leastReviewsToFit = 400;

/** The share of the questions, by number, whose reviews are held back. */
const heldBack = 0.2;
const rounds = 6;

/**
 * Fits FSRS's weights to a person's reviews: coordinate descent with shrinking steps, on four fifths of the questions, judged by the other fifth. Null with fewer reviews than can teach
 * anything. A second or so for a few thousand reviews.
 */
export function fitWeights(histories: readonly History[], start: readonly number[]): Fit | null {
  const useful = histories.filter((history) => predictedOf(history).length > 0);
  if (countOf(useful) < leastReviewsToFit) return null;
  const each = Math.round(1 / heldBack);
  const training = useful.filter((_, index) => index % each !== 0);
  const testing = useful.filter((_, index) => index % each === 0);
  let weights = [...start];
  let least = penalised(training, weights, start);
  for (let round = 0; round < rounds; round += 1) {
    const step = 0.3 / (round + 1);
    for (let index = 0; index < weights.length; index += 1) {
      for (const change of [1 + step, 1 / (1 + step)]) {
        const tried = bounded(weights.map((weight, at) => (at === index ? weight * change : weight)));
        const loss = penalised(training, tried, start);
        if (loss < least) [weights, least] = [tried, loss];
      }
    }
  }
  const count = countOf(testing);
  const before = fsrsLoss(testing, createScheduler({ weights: start })) / count;
  const after = fsrsLoss(testing, createScheduler({ weights })) / count;
  return { better: after < before, weights: after < before ? weights : start, before, after };
}

function countOf(histories: readonly History[]): number {
  return histories.reduce((sum, history) => sum + predictedOf(history).length, 0);
}

function bounded(weights: readonly number[]): number[] {
  return clipParameters([...weights], 2);
}

/** Few reviews shall not carry the weights far from those of thousands of people. */
function penalised(histories: readonly History[], weights: readonly number[], start: readonly number[]): number {
  const distance = weights.reduce(
    (sum, weight, index) => sum + Math.log((weight + 0.01) / ((start[index] ?? 0) + 0.01)) ** 2,
    0,
  );
  return fsrsLoss(histories, createScheduler({ weights })) + 2 * distance;
}
