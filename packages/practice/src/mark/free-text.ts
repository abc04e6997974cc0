import { isJsonObject } from '@assay/contract';
import type { QuestionOf } from '../question/question.ts';
import { proposedPoints } from '../text/match.ts';
import { asText } from './answer.ts';
import { type Answer, failed, type Mark } from './mark.ts';
import { type Marker, nothing, same } from './marker.ts';

interface Point {
  readonly point: string;
  readonly says: readonly string[];
}

export function markRecall(question: QuestionOf<'recall'>): Marker {
  return freeText(question.keyPoints, question.recall?.need ?? null, question.modelAnswer);
}

export function markDesign(question: QuestionOf<'design'>): Marker {
  return freeText(question.design.checklist, question.design.need, question.modelAnswer);
}

function freeText(points: readonly Point[], need: number | null, modelAnswer: string): Marker {
  const needed = need ?? Math.ceil(points.length * 0.6);
  return {
    shown: { form: 'text' },
    mark: (answer) => Promise.resolve(judge(points, needed, answer)),
    key: () => Promise.resolve(modelAnswer),
    asGiven: same,
    close: nothing,
  };
}

/** The answer is a text, or a mapping of it (`text`) with the numbers of the points that the person confirms (`confirmed`). */
function judge(points: readonly Point[], needed: number, answer: Answer): Mark {
  const whole = isJsonObject(answer) ? answer : { text: answer };
  const read = asText(whole['text'] ?? null);
  if ('said' in read) return failed(read.said);
  const confirmed = Array.isArray(whole['confirmed']) ? new Set(whole['confirmed']) : null;
  const proposed = proposedPoints(read.text, points);
  const marked = points.map(({ point }, index) => ({
    point,
    met: confirmed?.has(index + 1) ?? proposed[index] === true,
  }));
  const met = marked.filter((each) => each.met).length;
  const missing = marked.filter((each) => !each.met).map((each) => each.point);
  const rest = missing.length === 0 ? '' : ` Missing: ${missing.join('; ')}.`;
  return {
    passed: met >= needed,
    score: met / points.length,
    said: `${met} of ${points.length} points, ${needed} are needed.${rest}`,
    points: marked,
    bonus: null,
    proposed: true,
  };
}
