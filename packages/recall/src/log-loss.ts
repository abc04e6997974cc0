import { type Card, type Review, daysBetween, wholeDaysBetween } from './card.ts';
import type { Scheduler } from './scheduler.ts';

/** The reviews of one question, oldest first. */
export type History = readonly Review[];

export interface LogLoss {
  /** Reviews that were predicted: those on another day than the one before of the same question. */
  readonly reviews: number;
  readonly fsrs: number;
  readonly sm2: number;
  /** Always saying the average so far. */
  readonly average: number;
}

/** The reviews of a question that are predicted: those on another day than the one before. The public benchmark of spaced repetition leaves out the others as well. */
export function predictedOf(history: History): readonly Review[] {
  return history.filter(({ at }, index) => {
    const before = history[index - 1];
    return before !== undefined && wholeDaysBetween(before.at, at) > 0;
  });
}

/** How well three ways to predict foresaw the person's reviews: smaller is better, guessing one half is 0.693. Null without reviews to predict. */
export function logLossOf(histories: readonly History[], scheduler: Scheduler): LogLoss | null {
  const outcomes = histories
    .flatMap((history) => predictedOf(history).map(({ at, rating }) => ({ at, known: rating > 1 })))
    .toSorted((a, b) => a.at - b.at);
  if (outcomes.length === 0) return null;
  let known = 0;
  let average = 0;
  for (const [index, outcome] of outcomes.entries()) {
    // Laplace's rule: what has been seen so far, and nothing of the future.
    average += lossOf((known + 1) / (index + 2), outcome.known);
    if (outcome.known) known += 1;
  }
  const count = outcomes.length;
  return {
    reviews: count,
    fsrs: fsrsLoss(histories, scheduler) / count,
    sm2: sm2Loss(histories) / count,
    average: average / count,
  };
}

/** Never quite certain: one surprise must not cost everything. */
function lossOf(probability: number, known: boolean): number {
  const sure = Math.min(0.9999, Math.max(0.0001, probability));
  return -Math.log(known ? sure : 1 - sure);
}

/** The sum over all predicted reviews. */
export function fsrsLoss(histories: readonly History[], scheduler: Scheduler): number {
  let loss = 0;
  for (const history of histories) {
    let card: Card | null = null;
    for (const { at, rating } of history) {
      if (card !== null && wholeDaysBetween(card.last, at) > 0) loss += lossOf(scheduler.recall(card, at), rating > 1);
      card = scheduler.next(card, rating, at);
    }
  }
  return loss;
}

/** SM-2 of Woźniak, 1990: intervals of 1 and 6 days, then the last one times the ease. It predicts no probabilities; read here as nine tenths at the interval, falling exponentially. */
function sm2Loss(histories: readonly History[]): number {
  let loss = 0;
  for (const history of histories) {
    let ease = 2.5;
    let interval = 0;
    let repetition = 0;
    let last: number | null = null;
    for (const { at, rating } of history) {
      // What is asked again on the same day is drill, and changes nothing.
      if (last !== null && wholeDaysBetween(last, at) === 0) {
        last = at;
        continue;
      }
      if (last !== null) loss += lossOf(0.9 ** (daysBetween(last, at) / Math.max(interval, 1)), rating > 1);
      const quality = rating + 1;
      if (rating === 1) {
        repetition = 0;
        interval = 1;
      } else {
        repetition += 1;
        interval = repetition === 1 ? 1 : repetition === 2 ? 6 : interval * ease;
      }
      ease = Math.max(1.3, ease + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02));
      last = at;
    }
  }
  return loss;
}
