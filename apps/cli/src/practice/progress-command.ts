import { type Figures, figuresOf, fitProgress, loadBank } from '@assay/practice';
import { Fault } from '@assay/contract';
import { Command, Option } from 'commander';
import { paint } from '../terminal/paint.ts';
import { jsonText } from '../terminal/visible.ts';
import { columnsOf, wrapLong } from '../terminal/width.ts';
import { questionsFolder } from '@assay/prove';
import { percent } from './mock-command.ts';
import { openOwnProgress } from './progress-folder.ts';
import { count } from '../terminal/count.ts';

export function progressCommand(): Command {
  return new Command('progress')
    .description('Where you stand: what comes due, how well your memory was foreseen, readiness as an interval')
    .addOption(new Option('--format <format>', 'what to print').choices(['pretty', 'json']).default('pretty'))
    .option('--retention <share>', 'the share of questions that you want to know when they come due, such as 0.9')
    .option('--fit', 'fit the schedule to your own memory, when there are enough reviews and it helps')
    .action((options: { readonly format: 'pretty' | 'json'; readonly retention?: string; readonly fit?: boolean }) => {
      const progress = openOwnProgress();
      if (options.retention !== undefined) progress.configure({ retention: share(options.retention) });
      if (options.fit === true) process.stderr.write(`${fitProgress(progress).said}\n`);
      const told = figuresOf(progress, loadBank([questionsFolder]).questions, progress.now(Date.now()));
      process.stdout.write(options.format === 'json' ? `${jsonText(told, 2)}\n` : pretty(told));
    });
}

function share(word: string): number {
  const value = Number(word);
  if (!(value >= 0.7 && value <= 0.97))
    throw new Fault('bad-usage', `--retention takes a number from 0.7 to 0.97, not ${word}.`);
  return value;
}

function pretty({ reviews, seen, questions, due, retention, logLoss, readiness, areas: byArea }: Figures): string {
  const out = process.stdout;
  const interval = (row: { readonly low: number; readonly high: number; readonly answers: number }): string =>
    `${`${percent(row.low)} to ${percent(row.high)}`.padEnd(14)}${count(row.answers, 'answer')}`;
  const loss =
    logLoss === null
      ? 'No question has come twice yet.'
      : `Log loss over ${count(logLoss.reviews, 'review')}: FSRS ${logLoss.fsrs.toFixed(3)}, SM-2 ${logLoss.sm2.toFixed(3)}, always the average ${logLoss.average.toFixed(3)} (less is better).`;
  return [
    paint(out, 'bold', `${seen} of ${questions} questions seen, ${count(reviews, 'answer')}`),
    `Due: ${due.now} now, ${due.tomorrow} by tomorrow, ${due.week} within a week`,
    `Wanted retention: ${percent(retention)}`,
    wrapLong(loss, columnsOf(out)),
    '',
    paint(out, 'bold', 'Readiness: the share of questions of a level that you would answer'),
    ...readiness.map((row) => `  level ${row.level}   ${interval(row)}`),
    '',
    paint(out, 'bold', 'By area, at level 3'),
    ...byArea.map((row) => `  ${row.name.padEnd(31)} ${interval(row)}`),
    ...(byArea.some(({ early }) => early)
      ? [paint(out, 'dim', '\nWith fewer than ten answers an interval says little.')]
      : []),
    '',
  ].join('\n');
}
