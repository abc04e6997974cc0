import { areaIds, areas, loadBank, type Progress, readinessFor, type BankQuestion } from '@assay/practice';
import { fitWeights, leastReviewsToFit, logLossOf, type Review } from '@assay/recall';
import { Fault } from '@assay/contract';
import { Command, Option } from 'commander';
import { paint } from '../terminal/paint.ts';
import { jsonText } from '../terminal/visible.ts';
import { questionsFolder } from './bank.ts';
import { percent } from './mock-command.ts';
import { openOwnProgress } from './progress-folder.ts';

export function progressCommand(): Command {
  return new Command('progress')
    .description('Where you stand: what comes due, how well your memory was foreseen, readiness as an interval')
    .addOption(new Option('--format <format>', 'what to print').choices(['pretty', 'json']).default('pretty'))
    .option('--retention <share>', 'the share of questions that you want to know when they come due, such as 0.9')
    .option('--fit', 'fit the schedule to your own memory, when there are enough reviews and it helps')
    .action((options: { readonly format: 'pretty' | 'json'; readonly retention?: string; readonly fit?: boolean }) => {
      const progress = openOwnProgress();
      if (options.retention !== undefined) progress.configure({ retention: share(options.retention) });
      if (options.fit === true) process.stderr.write(`${fit(progress)}\n`);
      const told = figures(progress, loadBank([questionsFolder]).questions);
      process.stdout.write(options.format === 'json' ? `${jsonText(told, 2)}\n` : pretty(told));
    });
}

function share(word: string): number {
  const value = Number(word);
  if (!(value >= 0.7 && value <= 0.97))
    throw new Fault('bad-usage', `--retention takes a number from 0.7 to 0.97, not ${word}.`);
  return value;
}

function histories(progress: Progress): readonly (readonly Review[])[] {
  const byQuestion = new Map<string, Review[]>();
  for (const { id, at, rating } of progress.reviews())
    byQuestion.set(id, [...(byQuestion.get(id) ?? []), { at, rating }]);
  return [...byQuestion.values()];
}

function fit(progress: Progress): string {
  const fitted = fitWeights(histories(progress), progress.scheduler.weights);
  if (fitted === null) return `Too few reviews to fit anything: ${leastReviewsToFit} repeated ones are needed.`;
  if (!fitted.better)
    return `Fitted weights would not foresee your reviews better (log loss ${fitted.after.toFixed(4)} against ${fitted.before.toFixed(4)}); nothing is changed.`;
  progress.configure({ weights: fitted.weights });
  return `The schedule now fits your own memory: log loss ${fitted.after.toFixed(4)} in place of ${fitted.before.toFixed(4)} on reviews held back.`;
}

function figures(progress: Progress, questions: readonly BankQuestion[]) {
  const now = progress.now(Date.now());
  const known = new Map(questions.map((question) => [question.id, question]));
  const answers = progress
    .reviews()
    .slice(-400)
    .flatMap(({ id, score }) => {
      const question = known.get(id);
      return question === undefined ? [] : [{ level: question.level, score, area: question.area }];
    });
  const due = (days: number): number =>
    [...progress.cards.values()].filter((card) => card.due <= now + days * 86_400_000).length;
  return {
    reviews: progress.count,
    seen: progress.cards.size,
    questions: questions.length,
    due: { now: due(0), tomorrow: due(1), week: due(7) },
    retention: progress.scheduler.retention,
    logLoss: logLossOf(histories(progress), progress.scheduler),
    readiness: [1, 2, 3, 4, 5].map((level) => ({ level, ...readinessFor(level, answers) })),
    areas: areaIds.map((area) => ({
      area,
      name: areas[area].name,
      ...readinessFor(
        3,
        answers.filter((answer) => answer.area === area),
      ),
    })),
  };
}

function pretty({
  reviews,
  seen,
  questions,
  due,
  retention,
  logLoss,
  readiness,
  areas: byArea,
}: ReturnType<typeof figures>): string {
  const out = process.stdout;
  const interval = (row: {
    readonly low: number;
    readonly high: number;
    readonly answers: number;
    readonly early: boolean;
  }): string => `${percent(row.low)} to ${percent(row.high)}   ${row.answers} answers${row.early ? ', few yet' : ''}`;
  const loss =
    logLoss === null
      ? 'No question has come twice yet.'
      : `Log loss over ${logLoss.reviews} reviews: FSRS ${logLoss.fsrs.toFixed(3)}, SM-2 ${logLoss.sm2.toFixed(3)}, always the average ${logLoss.average.toFixed(3)} (less is better).`;
  return [
    `${paint(out, 'bold', `${seen} of ${questions} questions seen`)}, ${reviews} answers. Due: ${due.now} now, ${due.tomorrow} by tomorrow, ${due.week} within a week. Wanted retention: ${percent(retention)}.`,
    loss,
    '',
    paint(out, 'bold', 'Readiness: the share of questions of a level that you would answer'),
    ...readiness.map((row) => `  level ${row.level}   ${interval(row)}`),
    '',
    paint(out, 'bold', 'By area, at level 3'),
    ...byArea.map((row) => `  ${row.name.padEnd(32)} ${interval(row)}`),
    '',
  ].join('\n');
}
