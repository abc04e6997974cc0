import { type BankQuestion, type Mark, openQuestion, type OpenQuestion, type Workbench } from '@assay/practice';
import { Fault } from '@assay/contract';
import { entryText, markdownText } from '../terminal/markdown.ts';
import { paint } from '../terminal/paint.ts';
import { visible } from '../terminal/visible.ts';
import { columnsOf, wrapLong } from '../terminal/width.ts';
import { readAnswer } from './answer.ts';
import type { Console } from './console.ts';
import { howToAnswer, shownText } from './show.ts';

/** A question that was asked and answered. */
export interface Asked {
  readonly open: OpenQuestion;
  readonly mark: Mark;
  readonly text: string;
  readonly seconds: number;
  /** Until the first line was there. */
  readonly thinkingSeconds: number;
  readonly hints: number;
}

const out = process.stdout;

/** Asks one question and marks the answer. `quit` ends the session, `skip` leaves the question out. */
export async function ask(
  console: Console,
  bench: Workbench,
  question: BankQuestion,
  seed: number,
  place: string,
): Promise<Asked | 'skip' | 'quit'> {
  const open = await opened(console, bench, question, seed);
  if (open === null) return 'skip';
  try {
    console.write(shownText(open, place));
    const { hints: all } = open.question;
    const names = all.length === 0 ? ':skip :quit' : ':hint :skip :quit';
    console.write(paint(out, 'dim', `${howToAnswer(open.shown)}. ${names}\n`));
    const began = performance.now();
    let hints = 0;
    let thinking: number | null = null;
    const sinceAsked = (): number => (performance.now() - began) / 1000;
    const given = await readAnswer(console, open, {
      names,
      onFirstLine: () => {
        thinking ??= sinceAsked();
      },
      hint: () => {
        const hint = all[hints];
        if (hint === undefined)
          return all.length === 0 ? 'This question has no hints.\n' : 'There is no further hint.\n';
        hints += 1;
        return `${markdownText(visible(hint), out)}\n`;
      },
    });
    if (given.kind !== 'answer') return given.kind;
    const seconds = sinceAsked();
    const mark = await confirmed(console, open, given.answer, await open.mark(given.answer));
    console.write(verdictText(mark));
    return { open, mark, text: given.text, seconds, thinkingSeconds: thinking ?? seconds, hints };
  } finally {
    await open.close();
  }
}

/** A question that is wrong by itself is said and left out: it is not the person's failure. */
async function opened(
  console: Console,
  bench: Workbench,
  question: BankQuestion,
  seed: number,
): Promise<OpenQuestion | null> {
  try {
    return await openQuestion(question, seed, bench);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'usage') throw error;
    console.write(`\n${visible(question.id)} cannot be asked: ${visible(error.message)}\n`);
    return null;
  }
}

function verdictText({ passed, said, bonus }: Mark): string {
  const head = passed ? paint(out, ['green', 'bold'], 'Right.') : paint(out, ['red', 'bold'], 'Not yet.');
  return `\n${wrapLong(`${head} ${visible(said)}`, columnsOf(out))}\n${bonus === null ? '' : `${bonus}\n`}`;
}

/** Where words were matched, the person says which points the answer makes. */
async function confirmed(console: Console, open: OpenQuestion, answer: unknown, mark: Mark): Promise<Mark> {
  if (mark.points.length === 0 || typeof answer !== 'string') return mark;
  const points = mark.points
    .map(({ point, met }, index) => entryText(`  ${met ? '✓' : ' '} ${index + 1}  `, visible(point), out))
    .join('');
  console.write(`\nYour answer makes these points, as far as its words tell:\n${points}`);
  const line = await console.line('Enter if that is so, or the numbers of those that it makes (0: none): ');
  if (line === null || line.trim() === '') return mark;
  const numbers = line
    .split(/[\s,]+/)
    .map(Number)
    .filter((number) => Number.isInteger(number) && number > 0);
  return open.mark({ text: answer, confirmed: numbers });
}

/** What is told after the answer: a model answer, and what an interviewer would go on with. */
export function afterText({ question }: OpenQuestion, mark: Mark): string {
  const wrong = mark.passed
    ? ''
    : `\n${paint(out, 'dim', wrapLong(visible(question.looksFor.trim()), columnsOf(out)))}\n`;
  return `\n${markdownText(visible(question.modelAnswer), out)}${wrong}`;
}
