import type { Question } from '../question/question.ts';
import type { Problem } from '../shape/shape.ts';

/** What the shape alone cannot say: how the parts of a question must agree. */
export function shapeProblems(question: Question): readonly Problem[] {
  switch (question.kind) {
    case 'recall':
      return tooMany(question.recall?.need ?? null, question.keyPoints.length, ['recall', 'need'], 'key points');
    case 'design':
      return tooMany(question.design.need, question.design.checklist.length, ['design', 'need'], 'points');
    case 'choice':
      return choiceProblems(question.choice.options, question.wrongAnswers);
    case 'order': {
      const count = question.order.items.flat().length;
      return question.wrongAnswers.flatMap(({ answer }, index) =>
        answer.length === count && answer.toSorted((a, b) => a - b).every((each, at) => each === at + 1)
          ? []
          : [
              {
                path: ['wrongAnswers', index, 'answer'],
                message: `An order names each number from 1 to ${count} once.`,
              },
            ],
      );
    }
    case 'sql':
      return question.sql.mode === 'write' && question.sql.verify === null
        ? [{ path: ['sql'], message: 'With "mode: write", "verify" must say which rows to compare afterwards.' }]
        : [];
    case 'predict':
      return question.predict.run === 'isolation' && question.predict.ask > question.predict.steps.length
        ? [{ path: ['predict', 'ask'], message: `There are only ${question.predict.steps.length} steps.` }]
        : [];
    case 'fix':
      return question.wrongAnswers.flatMap(({ answer }, index) =>
        (typeof answer === 'string') === 'code' in question.fix
          ? []
          : [
              {
                path: ['wrongAnswers', index, 'answer'],
                message: 'A program is answered by a text, a backend by a mapping of files to their texts.',
              },
            ],
      );
    case 'http':
    case 'spot':
    case 'evidence':
      return [];
  }
  return question satisfies never;
}

function tooMany(need: number | null, count: number, path: readonly string[], what: string): readonly Problem[] {
  return need !== null && need > count
    ? [{ path, message: `It needs ${need} ${what}, and there are only ${count}.` }]
    : [];
}

function choiceProblems(
  options: readonly { readonly text: string; readonly correct: boolean }[],
  wrong: readonly { readonly answer: readonly number[] }[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const path = ['choice', 'options'];
  if (!options.some(({ correct }) => correct))
    problems.push({ path, message: 'One of the options at least must be correct.' });
  if (options.every(({ correct }) => correct))
    problems.push({ path, message: 'One of the options at least must be wrong.' });
  const texts = options.map((option) => option.text.trim());
  const twice = texts.findIndex((each, index) => texts.indexOf(each) !== index);
  if (twice >= 0)
    problems.push({ path: [...path, twice, 'text'], message: `Two options say the same: "${texts[twice] ?? ''}".` });
  wrong.forEach(({ answer }, index) => {
    if (answer.some((each) => each > options.length))
      problems.push({ path: ['wrongAnswers', index, 'answer'], message: `There are only ${options.length} options.` });
  });
  return problems;
}
