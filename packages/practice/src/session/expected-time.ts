import type { Kind, Question } from '../question/question.ts';

/** Minutes that a question of the kind takes when its file does not say. */
const usualMinutes: Readonly<Record<Kind, number>> = {
  recall: 2,
  choice: 1,
  order: 1,
  sql: 4,
  http: 4,
  predict: 2,
  fix: 6,
  spot: 3,
  design: 15,
  evidence: 3,
};

export function expectedSeconds(question: Question): number {
  return (question.minutes ?? usualMinutes[question.kind]) * 60;
}
