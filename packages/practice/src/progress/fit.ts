import { createScheduler, fitWeights, leastReviewsToFit } from '@assay/recall';
import { historiesOf } from './figures.ts';
import type { Progress } from './progress.ts';

/** What came of fitting the schedule to a person's own memory. */
export interface Fitted {
  readonly changed: boolean;
  /** One sentence. */
  readonly said: string;
}

/** Fits the weights to the reviews, and takes them when they foresee better what was held back. */
export function fitProgress(progress: Progress): Fitted {
  const fitted = fitWeights(historiesOf(progress), progress.scheduler.weights);
  if (fitted === null)
    return {
      changed: false,
      said: `Too few reviews to fit anything: ${leastReviewsToFit} repeated ones are needed.`,
    };
  const [before, after] = [fitted.before.toFixed(4), fitted.after.toFixed(4)];
  if (!fitted.better)
    return {
      changed: false,
      said: `Fitted weights would not foresee your reviews better (log loss ${after} against ${before}); nothing is changed.`,
    };
  progress.configure({ weights: fitted.weights });
  return {
    changed: true,
    said: `The schedule now fits your own memory: log loss ${after} in place of ${before} on reviews held back.`,
  };
}

/** Whether the schedule goes by weights of the person's own. */
export function isFitted({ scheduler }: Progress): boolean {
  const { weights } = createScheduler();
  return scheduler.weights.some((weight, index) => weight !== weights[index]);
}
