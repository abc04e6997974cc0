import type { Language } from '../question/predict.ts';
import { type BankQuestion, fresh } from './load.ts';

const endings: Readonly<Record<string, Language>> = {
  py: 'python',
  php: 'php',
  java: 'java',
  js: 'node',
  mjs: 'node',
  ts: 'node',
};
const stacks: Readonly<Record<string, Language>> = {
  django: 'python',
  fastapi: 'python',
  php: 'php',
  java: 'java',
  express: 'node',
  node: 'node',
};

/** The programming language that a question's code is written in; null when it has none, or one that everybody reads, such as SQL. */
export function languageOf(entry: BankQuestion): Language | null {
  const question = fresh(entry, 0);
  switch (question.kind) {
    case 'predict':
      return 'code' in question.predict ? question.predict.run : null;
    case 'fix':
      return 'code' in question.fix ? question.fix.run : 'node';
    case 'spot':
      return 'mutant' in question.spot
        ? (stacks[question.spot.mutant.split('/')[1] ?? ''] ?? null)
        : (endings[question.spot.file.split('.').at(-1) ?? ''] ?? null);
    default:
      return null;
  }
}
