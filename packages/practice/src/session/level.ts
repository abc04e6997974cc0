import type { BankQuestion } from '../bank/load.ts';
import type { Progress } from '../progress/progress.ts';
import { abilityFrom, type Answered } from './readiness.ts';

/** The newest answers to questions of the bank, oldest first. */
export function newestAnswers(
  progress: Progress,
  questions: readonly BankQuestion[],
  count: number,
): readonly (Answered & Pick<BankQuestion, 'area'>)[] {
  if (progress.count === 0) return [];
  const known = new Map(questions.map((question) => [question.id, question]));
  return progress
    .reviews()
    .slice(-count)
    .flatMap(({ id, score }) => {
      const question = known.get(id);
      return question === undefined ? [] : [{ level: question.level, score, area: question.area }];
    });
}

/** The level of the person, as their last two hundred answers tell. */
export function levelOf(progress: Progress, questions: readonly BankQuestion[]): number {
  return progress.count === 0 ? 2 : abilityFrom(newestAnswers(progress, questions, 200)).level;
}
