import { ratingOf } from '@assay/recall';
import type { Mark } from '../mark/mark.ts';
import type { Question } from '../question/question.ts';
import { expectedSeconds } from '../session/expected-time.ts';
import type { PracticeReview } from './review-log.ts';

/** An answer that was given and marked. */
export interface GivenAnswer {
  readonly id: string;
  readonly seed: number;
  readonly question: Question;
  readonly mark: Mark;
  readonly seconds: number;
  readonly hints: number;
}

/** What the log keeps of an answer; the rating comes from its result, time and hints. */
export function reviewOf({ id, seed, question, mark, seconds, hints }: GivenAnswer, at: number): PracticeReview {
  const { passed, score, proposed } = mark;
  const rating = ratingOf({ passed, score, seconds, expectedSeconds: expectedSeconds(question), hints });
  return { id, at, rating, passed, score, seconds: Math.round(seconds), hints, seed, proposed };
}
