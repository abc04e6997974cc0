import { languageOf } from '../bank/language.ts';
import { type BankQuestion, fresh } from '../bank/load.ts';
import type { Question } from '../question/question.ts';
import { canRun } from '../run/program.ts';
import { markChoice } from './choice.ts';
import { markEvidence } from './evidence.ts';
import { markFix } from './fix.ts';
import { markDesign, markRecall } from './free-text.ts';
import { markHttp } from './http.ts';
import type { Answer, Mark, Shown } from './mark.ts';
import type { Marker } from './marker.ts';
import { markOrder } from './order.ts';
import { markPredict } from './predict.ts';
import { markSpot } from './spot.ts';
import { markSql } from './sql.ts';
import type { Workbench } from './workbench.ts';

/** A question with its numbers and names for one seed, ready to be answered. */
export interface OpenQuestion {
  readonly id: string;
  readonly seed: number;
  readonly question: Question;
  readonly shown: Shown;
  mark(answer: Answer): Promise<Mark>;
  /** An answer that passes. */
  key(): Promise<Answer>;
  /** A wrong answer of the file in the form in which a person gives it. */
  asGiven(written: Answer): Answer;
  /** Frees what it holds: its tables. */
  close(): Promise<void>;
}

/** Throws the fault bad-question when the question cannot be asked, and those of the ports. */
export async function openQuestion(entry: BankQuestion, seed: number, workbench: Workbench): Promise<OpenQuestion> {
  const question = fresh(entry, seed);
  const marker = await markerOf(question, entry, seed, workbench);
  return {
    id: entry.id,
    seed,
    question,
    shown: marker.shown,
    mark: (answer) => marker.mark(answer),
    key: () => marker.key(),
    asGiven: (written) => marker.asGiven(written),
    close: () => marker.close(),
  };
}

function markerOf(
  question: Question,
  entry: BankQuestion,
  seed: number,
  workbench: Workbench,
): Marker | Promise<Marker> {
  switch (question.kind) {
    case 'recall':
      return markRecall(question);
    case 'choice':
      return markChoice(question, seed);
    case 'order':
      return markOrder(question, seed);
    case 'sql':
      return markSql(question, seed, workbench);
    case 'http':
      return markHttp(question);
    case 'predict':
      return markPredict(question, seed, workbench);
    case 'fix':
      return markFix(question, entry.file, seed, workbench);
    case 'spot':
      return markSpot(question, workbench.ports.challenges);
    case 'design':
      return markDesign(question);
    case 'evidence':
      return markEvidence(question, seed, workbench.ports.lastRun());
  }
  return question satisfies never;
}

/** Why the question cannot be asked on this machine; null when it can. */
export function missingFor(entry: BankQuestion): string | null {
  if (entry.kind !== 'predict' && entry.kind !== 'fix') return null;
  const language = languageOf(entry);
  if (language === null) return null;
  return canRun(language) ? null : `${language} is not on this machine`;
}
