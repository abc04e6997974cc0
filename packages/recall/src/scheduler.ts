import { default_w as defaultWeights, FSRS, generatorParameters } from 'ts-fsrs';
import { type Card, dayMs, daysBetween, wholeDaysBetween } from './card.ts';
import type { Rating } from './rating.ts';

export interface SchedulerOptions {
  /** The share of questions that should still be known when they come due; 0.7 to 0.97. Default 0.9. */
  readonly retention?: number;
  /** FSRS-6's 21 weights. Default: those of its authors. */
  readonly weights?: readonly number[];
}

export interface Scheduler {
  readonly retention: number;
  readonly weights: readonly number[];
  /** The card after a review; null: it has never been seen. A time before the last review counts as that. */
  next(card: Card | null, rating: Rating, at: number): Card;
  /** The probability, 0 to 1, that it is known at that time. */
  recall(card: Card, at: number): number;
}

/** The longest time until a question comes again: interviews are nearer than that. Days. */
const longestDays = 365;
/** What was failed comes again in the same session, or the next. */
const againMs = 10 * 60_000;

export function createScheduler(options: SchedulerOptions = {}): Scheduler {
  const retention = Math.min(0.97, Math.max(0.7, options.retention ?? 0.9));
  const weights = options.weights ?? defaultWeights;
  const fsrs = new FSRS(
    generatorParameters({
      request_retention: retention,
      maximum_interval: longestDays,
      enable_fuzz: false,
      w: [...weights],
    }),
  );
  return {
    retention,
    weights,
    next(card, rating, at) {
      const now = card === null ? at : Math.max(at, card.last);
      // Whole days, as in what its weights were learnt from: of the same day it has a formula of its own.
      const elapsed = card === null ? 0 : wholeDaysBetween(card.last, now);
      const state = fsrs.next_state(
        card === null ? null : { stability: card.stability, difficulty: card.difficulty },
        elapsed,
        rating,
      );
      const days = Math.min(longestDays, state.stability * intervalFactor(retention, weights));
      return {
        stability: state.stability,
        difficulty: state.difficulty,
        due: rating === 1 ? now + againMs : now + Math.max(againMs, days * dayMs),
        last: now,
        reps: (card?.reps ?? 0) + 1,
        lapses: (card?.lapses ?? 0) + (rating === 1 && card !== null ? 1 : 0),
      };
    },
    recall: (card, at) => fsrs.forgetting_curve(daysBetween(card.last, at), card.stability),
  };
}

/** The interval for the wanted retention as a multiple of the stability: the inverse of FSRS-6's forgetting curve, R = (1 + F t/S)^-w20, with R(S) = 0.9. */
function intervalFactor(retention: number, weights: readonly number[]): number {
  const decay = -(weights[20] ?? 0.1542);
  const factor = 0.9 ** (1 / decay) - 1;
  return (retention ** (1 / decay) - 1) / factor;
}
