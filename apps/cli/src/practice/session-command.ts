import { Command, Option } from 'commander';
import { Fault } from '@assay/contract';
import {
  areaIds,
  type BankQuestion,
  isAbout,
  kinds,
  levelOf,
  missingFor,
  pickSession,
  type PracticeReview,
  type Progress,
  reviewOf,
} from '@assay/practice';
import { nearest } from '@assay/prove';
import { wholeNumber } from '../commands/check.ts';
import { paint } from '../terminal/paint.ts';
import { jsonText } from '../terminal/visible.ts';
import { afterText, ask, type Asked } from './ask.ts';
import { openBank } from './bank.ts';
import { withWorkbench } from './bench.ts';
import { openConsole } from './console.ts';
import { openOwnProgress } from './progress-folder.ts';
import { count } from '../terminal/count.ts';

interface SessionOptions {
  readonly topic?: string;
  readonly count: string;
  readonly bank?: readonly string[];
  readonly seed?: string;
  readonly format: 'pretty' | 'json';
}

/** What `assay practice` does when nothing else is asked for. */
export function todayCommand(): Command {
  return new Command('today')
    .description("Today's session: what is due, and something new")
    .option('--topic <word>', 'an area, a topic or a kind, such as databases, python or sql')
    .option('--count <number>', 'how many questions', '5')
    .option('--bank <folder...>', 'folders with questions of your own, besides the bank')
    .option('--seed <number>', 'the same names and numbers again')
    .addOption(
      new Option('--format <format>', 'json: tell the session, ask nothing')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .allowExcessArguments()
    .action(async (options: SessionOptions, { args: [word], parent }: Command) => {
      // This is the command that runs when no other is named: what stands here is a mistyped one, or a topic.
      if (word !== undefined) throw noSuchCommand(word, parent?.commands.map((each) => each.name()) ?? []);
      const progress = openOwnProgress();
      const now = progress.now(Date.now());
      const seed =
        options.seed === undefined ? Math.floor(Math.random() * 1_000_000) : wholeNumber('--seed', options.seed);
      const bank = openBank(options.bank);
      for (const problem of bank.problems) process.stderr.write(`${problem}\n`);
      const questions = withTopic(bank.questions, options.topic ?? null).filter(
        (question) => missingFor(question) === null,
      );
      const level = levelOf(progress, bank.questions);
      const picked = pickSession(questions, progress, {
        now,
        count: wholeNumber('--count', options.count),
        topic: null,
        level,
        seed,
      });
      if (options.format === 'json') {
        process.stdout.write(
          `${jsonText({ seed, questions: picked.map(({ question: { id, title, kind, area, topic, level: difficulty }, why }) => ({ id, title, kind, area, topic, level: difficulty, why })) }, 2)}\n`,
        );
        return;
      }
      await practise(
        picked.map(({ question }) => question),
        progress,
        seed,
      );
    });
}

function noSuchCommand(word: string, names: readonly string[]): Fault {
  return new Fault(
    'bad-usage',
    `There is no command "practice ${word}".${nearest(word, names)}`,
    `The commands are ${names.join(', ')}. To practise a topic: assay practice --topic ${word}.`,
  );
}

function withTopic(questions: readonly BankQuestion[], topic: string | null): readonly BankQuestion[] {
  if (topic === null) return questions;
  const fitting = questions.filter((question) => isAbout(question, topic));
  if (fitting.length === 0)
    throw new Fault(
      'unknown-question',
      `There is no question about "${topic}".`,
      `The areas are ${areaIds.join(', ')}; the kinds ${kinds.join(', ')}; see \`assay practice list\` for topics.`,
    );
  return fitting;
}

async function practise(questions: readonly BankQuestion[], progress: Progress, seed: number): Promise<void> {
  if (questions.length === 0) {
    process.stdout.write('There is nothing to practise here yet.\n');
    return;
  }
  await withWorkbench(async (bench, signal) => {
    const console = openConsole(signal);
    let right = 0;
    let done = 0;
    try {
      for (const [index, question] of questions.entries()) {
        const asked = await ask(console, bench, question, seed + index, `${index + 1} of ${questions.length}, `);
        if (asked === 'quit') break;
        if (asked === 'skip') continue;
        console.write(afterText(asked.open, asked.mark));
        progress.add([reviewOfAsked(asked, progress.now(Date.now()))]);
        done += 1;
        if (asked.mark.passed) right += 1;
      }
    } finally {
      console.close();
    }
    signal.throwIfAborted();
    const due = [...progress.cards.values()].filter((card) => card.due <= Date.now() + 86_400_000).length;
    process.stdout.write(
      `\n${paint(process.stdout, 'bold', `${right} of ${done} right.`)} ${count(due, 'question comes', 'questions come')} due by tomorrow.\n`,
    );
  });
}

/** What the log keeps of it. */
export function reviewOfAsked({ open, mark, seconds, hints }: Asked, at: number): PracticeReview {
  return reviewOf({ ...open, mark, seconds, hints }, at);
}
