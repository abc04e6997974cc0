import { type BankQuestion, type Mark, openQuestion, type OpenQuestion, type Workbench } from '@assay/practice';
import { Fault } from '@assay/contract';
import { markdownText } from '../terminal/markdown.ts';
import { paint } from '../terminal/paint.ts';
import { visible } from '../terminal/visible.ts';
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
    console.write(paint(out, 'dim', `${howToAnswer(open.shown)}. :hint :skip :quit\n`));
    const began = performance.now();
    let hints = 0;
    let thinking: number | null = null;
    const sinceAsked = (): number => (performance.now() - began) / 1000;
    for (;;) {
      const given = await readAnswer(console, open, () => {
        thinking ??= sinceAsked();
      });
      if (given.kind === 'quit' || given.kind === 'skip') return given.kind;
      if (given.kind === 'hint') {
        const hint = open.question.hints[hints];
        if (hint !== undefined) hints += 1;
        console.write(`${hint === undefined ? 'There is no further hint.' : markdownText(visible(hint), out)}\n`);
        continue;
      }
      const seconds = sinceAsked();
      const mark = await confirmed(console, open, given.answer, await open.mark(given.answer));
      console.write(verdictText(mark));
      return { open, mark, text: given.text, seconds, thinkingSeconds: thinking ?? seconds, hints };
    }
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
  return `\n${head} ${visible(said)}\n${bonus === null ? '' : `${bonus}\n`}`;
}

/** Where words were matched, the person says which points the answer makes. */
async function confirmed(console: Console, open: OpenQuestion, answer: unknown, mark: Mark): Promise<Mark> {
  if (mark.points.length === 0 || typeof answer !== 'string') return mark;
  const points = mark.points
    .map(({ point, met }, index) => `  ${met ? paint(out, 'green', '✓') : ' '} ${index + 1}  ${point}\n`)
    .join('');
  console.write(`\nYour answer makes these points, as far as its words tell:\n${points}`);
  const line = await console.line('Enter if that is so, or the numbers of those that it makes: ');
  if (line === null || line.trim() === '') return mark;
  const numbers = line
    .split(/[\s,]+/)
    .map(Number)
    .filter((number) => Number.isInteger(number) && number > 0);
  return open.mark({ text: answer, confirmed: numbers });
}

/** What is told after the answer: a model answer, and what an interviewer would go on with. */
export function afterText({ question }: OpenQuestion, mark: Mark): string {
  const wrong = mark.passed ? '' : `\n${paint(out, 'dim', visible(question.looksFor.trim()))}\n`;
  return `\n${markdownText(visible(question.modelAnswer), out)}${wrong}`;
}
