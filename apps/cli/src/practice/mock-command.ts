import { Fault } from '@assay/contract';
import {
  type BankQuestion,
  expectedSeconds,
  followUpsFor,
  judgeMock,
  missingFor,
  mockMinutes,
  type MockPlan,
  type MockResult,
  newestAnswers,
  newTranscriptId,
  nextMockQuestion,
  openTranscripts,
  readinessFor,
  type Role,
  roleIds,
  roles,
  type Turn,
} from '@assay/practice';
import { Command, Option } from 'commander';
import { wholeNumber } from '../commands/check.ts';
import { entryText } from '../terminal/markdown.ts';
import { paint } from '../terminal/paint.ts';
import { visible } from '../terminal/visible.ts';
import { columnsOf, wrapLong } from '../terminal/width.ts';
import { ask, type Asked } from './ask.ts';
import { openBank } from './bank.ts';
import { withWorkbench } from './bench.ts';
import { type Console, openConsole } from './console.ts';
import { openOwnProgress, practiceFolder } from './progress-folder.ts';
import { reviewOfAsked } from './session-command.ts';
import { count } from '../terminal/count.ts';

interface MockOptions {
  readonly role: Role;
  readonly level: string;
  readonly minutes: string;
  readonly seed?: string;
  readonly bank?: readonly string[];
}

const out = process.stdout;

export function mockCommand(): Command {
  return new Command('mock')
    .description(
      'A mock interview: questions that follow your answers, follow-ups, a rubric, and what to practise next',
    )
    .addOption(new Option('--role <role>', 'what for').choices([...roleIds]).default('backend'))
    .option('--level <number>', '1 first steps, 2 junior, 3 middle, 4 senior, 5 staff', '2')
    .addOption(new Option('--minutes <minutes>', 'how long').choices(mockMinutes.map(String)).default('30'))
    .option('--seed <number>', 'the same questions again')
    .option('--bank <folder...>', 'folders with questions of your own, besides the bank')
    .addHelpText('after', '\nExamples:\n  assay practice mock --role java --level 3 --minutes 45')
    .action(async (options: MockOptions) => {
      const level = wholeNumber('--level', options.level);
      if (level < 1 || level > 5) throw new Fault('bad-usage', '--level takes a number from 1 to 5.');
      const seed =
        options.seed === undefined ? Math.floor(Math.random() * 1_000_000) : wholeNumber('--seed', options.seed);
      await interview(
        { role: options.role, level, minutes: Number(options.minutes), seed },
        openBank(options.bank).questions,
      );
    });
}

async function interview(plan: MockPlan, all: readonly BankQuestion[]): Promise<void> {
  const progress = openOwnProgress();
  const before = newestAnswers(progress, all, 200);
  const questions = all.filter((question) => missingFor(question) === null);
  await withWorkbench(async (bench, signal) => {
    const console = openConsole(signal);
    const turns: Turn[] = [];
    const began = performance.now();
    const startedAt = new Date().toISOString();
    console.write(
      `\n${paint(out, 'bold', `${roles[plan.role].name}, level ${plan.level}, ${plan.minutes} minutes.`)}\nTake your time to think. :quit ends the interview.\n`,
    );
    try {
      for (;;) {
        const question = nextMockQuestion(plan, questions, turns, before, (performance.now() - began) / 1000);
        if (question === null) break;
        const left = Math.max(0, Math.round(plan.minutes - (performance.now() - began) / 60_000));
        const asked = await ask(console, bench, question, plan.seed + turns.length, `${count(left, 'minute')} left, `);
        if (asked === 'quit') break;
        if (asked === 'skip') turns.push(skipped(question, plan.seed));
        else {
          progress.add([reviewOfAsked(asked, progress.now(Date.now()))]);
          const { turn, quit } = await turnOf(console, question, asked);
          turns.push(turn);
          if (quit) break;
        }
      }
    } finally {
      console.close();
    }
    const result = judgeMock(turns);
    const transcripts = openTranscripts(practiceFolder());
    const id = newTranscriptId(startedAt);
    // Also of an interview that was broken off.
    if (turns.length > 0) transcripts.write(id, { plan, startedAt, endedAt: new Date().toISOString(), turns, result });
    signal.throwIfAborted();
    out.write(resultText(plan, turns, result));
    if (turns.length > 0) out.write(`\nThe transcript: ${transcripts.fileOf(id)}\n`);
  });
}

/** What follows an answer. `:quit` ends the interview there, and keeps what was answered. */
async function turnOf(
  console: Console,
  question: BankQuestion,
  asked: Asked,
): Promise<{ readonly turn: Turn; readonly quit: boolean }> {
  let quit = false;
  const line = async (sentence: string): Promise<string> => {
    const said = quit ? '' : ((await console.line(sentence)) ?? ':quit').trim();
    quit ||= said === ':quit';
    return said.startsWith(':') ? '' : said;
  };
  const followUps: Turn['followUps'][number][] = [];
  for (const { ask: sentence, listenFor } of followUpsFor(asked.open.question, asked.mark)) {
    console.write(`\n${paint(out, 'cyan', wrapLong(visible(sentence), columnsOf(out)))}\n`);
    const answer = await line('> ');
    if (quit) break;
    if (listenFor !== null) {
      const told = wrapLong(`Listened for: ${visible(listenFor)}`, columnsOf(out));
      console.write(`${paint(out, 'dim', told)}\n`);
    }
    // Nothing said is nothing to be rated.
    const rating = answer === '' ? null : Number(await line('How good was that, 1 to 4? '));
    followUps.push({ ask: sentence, answer, rating: rating !== null && [1, 2, 3, 4].includes(rating) ? rating : null });
  }
  const notes = await line('A note for yourself, or Enter: ');
  const { open, mark, text, seconds, hints } = asked;
  const turn = {
    ...described(question),
    seed: open.seed,
    prompt: open.question.prompt,
    answer: text,
    mark,
    seconds,
    expectedSeconds: expectedSeconds(open.question),
    thinkingSeconds: Math.round(asked.thinkingSeconds),
    hints,
    notes,
    followUps,
  };
  return { turn, quit };
}

function described({
  id,
  area,
  topic,
  title,
  level,
}: BankQuestion): Pick<Turn, 'id' | 'area' | 'topic' | 'title' | 'level'> {
  return { id, area, topic, title, level };
}

function skipped(question: BankQuestion, seed: number): Turn {
  const mark = { passed: false, score: 0, said: 'Left out.', points: [], bonus: null, proposed: false };
  return {
    ...described(question),
    seed,
    prompt: '',
    answer: '',
    mark,
    seconds: 0,
    expectedSeconds: 0,
    thinkingSeconds: 0,
    hints: 0,
    notes: '',
    followUps: [],
  };
}

function resultText(plan: MockPlan, turns: readonly Turn[], { rubric, strong, missing, next }: MockResult): string {
  if (turns.length === 0) return '\nNothing was answered.\n';
  const rows = rubric
    .map(
      ({ dimension, rating, why }) =>
        `  ${dimension.padEnd(14)} ${rating === null ? '–' : `${rating} of 4`}   ${why}\n`,
    )
    .join('');
  const list = (head: string, lines: readonly string[]): string =>
    lines.length === 0
      ? ''
      : `\n${paint(out, 'bold', head)}\n${lines.map((line) => entryText('  • ', visible(line), out)).join('')}`;
  const { low, high, early } = readinessFor(
    plan.level,
    turns.map(({ level, mark }) => ({ level, score: mark.score })),
  );
  const ready = `\nThis interview alone: you would answer between ${percent(low)} and ${percent(high)} of the questions of level ${plan.level}.${early ? ' With so few answers that says little; several interviews say more.' : ''}\n`;
  return `\n${paint(out, 'bold', 'The rubric')}\n${rows}${list('Strong', strong)}${list('Missing', missing)}${list('Practise next', next)}${wrapLong(ready, columnsOf(out))}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
