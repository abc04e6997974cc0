import { codeOf } from '../mark/predict.ts';
import { markSpot } from '../mark/spot.ts';
import type { Question } from '../question/question.ts';

/** The two sides of a card, as plain text. */
export interface Sides {
  readonly front: string;
  readonly back: string;
}

/** A question as a card that is answered in the head; null for one that only a run of one's own can ask. */
export function sidesOf(question: Question, challenges: string | null): Sides | null {
  const parts = partsOf(question, challenges);
  if (parts === null) return null;
  const points = question.keyPoints.map((each) => `• ${each.point}`).join('\n');
  return {
    front: joined([question.title, question.prompt, parts.shown]),
    back: joined([parts.answer, question.modelAnswer, points]),
  };
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.trimEnd())
    .filter((part) => part !== '')
    .join('\n\n');
}

interface Parts {
  /** What stands below the prompt. */
  readonly shown: string;
  /** The answer that is marked as right, where it is not the model answer itself. */
  readonly answer: string;
}

function partsOf(question: Question, challenges: string | null): Parts | null {
  switch (question.kind) {
    case 'recall':
    case 'design':
      return { shown: '', answer: '' };
    case 'choice': {
      const options = question.choice.options.map((option, index) => ({ ...option, letter: letter(index) }));
      return {
        shown: lines(options.map((option) => `${option.letter}  ${option.text}`)),
        answer: lines(
          options.map((option) => `${option.letter}  ${option.correct ? 'right' : 'wrong'}: ${option.why}`),
        ),
      };
    }
    case 'order': {
      const right = question.order.items.map((together) => together.join(' / '));
      const shuffled = question.order.items.flat().toSorted((a, b) => (a < b ? -1 : 1));
      return {
        shown: lines(shuffled.map((item) => `– ${item}`)),
        answer: lines(right.map((item, index) => `${index + 1}  ${item}`)),
      };
    }
    case 'sql':
      return { shown: question.sql.schema, answer: question.sql.key };
    case 'http':
      return { shown: '', answer: question.http.key };
    case 'predict':
      return { shown: codeOf(question.predict), answer: '' };
    case 'fix':
      return 'code' in question.fix
        ? { shown: question.fix.code, answer: question.fix.key }
        : { shown: '', answer: lines(Object.entries(question.fix.key).map(([name, text]) => `${name}\n${text}`)) };
    case 'spot': {
      // Its code is a challenge's, and none is here.
      if ('mutant' in question.spot && challenges === null) return null;
      const { shown } = markSpot(question, challenges);
      if (shown.form !== 'line') return null;
      const numbered = shown.code.split('\n').map((line, index) => `${index + shown.firstLine}  ${line}`);
      return { shown: `${shown.file}\n${lines(numbered)}`, answer: '' };
    }
    case 'evidence':
      return null;
  }
  return question satisfies never;
}

function letter(index: number): string {
  return String.fromCodePoint(97 + index);
}

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}
