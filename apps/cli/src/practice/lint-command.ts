import path from 'node:path';
import { lintQuestion, type LintResult, loadBank, runKinds, type Workbench, type BankQuestion } from '@assay/practice';
import { Command, Option } from 'commander';
import { exitStatus } from '../exit.ts';
import { paint } from '../terminal/paint.ts';
import { jsonText } from '../terminal/visible.ts';
import { questionsFolder } from '@assay/prove';
import { withWorkbench } from './bench.ts';
import { count } from '../terminal/count.ts';

/** How many questions are proven at a time. */
const lanes = 3;

export function lintCommand(): Command {
  return new Command('lint')
    .description('Prove questions: the key passes, every wrong answer fails; what can be run is run')
    .argument('[paths...]', 'files, or folders of questions; the whole bank when left out')
    .addOption(new Option('--format <format>', 'what to print').choices(['pretty', 'json']).default('pretty'))
    .option('--quick', 'only what can be told without running anything')
    .addHelpText(
      'after',
      '\nExamples:\n  assay practice lint\n  assay practice lint ~/my-questions\n\nExit status: 0 clean, 1 a question is wrong.',
    )
    .action(
      async (paths: readonly string[], options: { readonly format: 'pretty' | 'json'; readonly quick?: boolean }) => {
        const bank = loadBank(paths.length === 0 ? [questionsFolder] : paths.map((each) => path.resolve(each)));
        const results =
          options.quick === true ? [] : await withWorkbench((bench, signal) => proveAll(bank.questions, bench, signal));
        const problems = [...bank.problems, ...results.flatMap((result) => result.problems)].map(fromHere);
        const skipped = results.filter((result) => result.skipped !== null);
        const byRunning = bank.questions.filter(({ kind }) => runKinds.includes(kind)).length;
        if (options.format === 'json') {
          process.stdout.write(
            `${jsonText({ questions: bank.questions.length, markedByRunning: byRunning, skipped, problems }, 2)}\n`,
          );
        } else {
          for (const problem of problems) process.stdout.write(`${problem}\n`);
          for (const { id, skipped: why } of skipped) process.stdout.write(`${id}: not proven, ${String(why)}\n`);
          const verdict =
            problems.length === 0
              ? paint(process.stdout, 'green', 'clean')
              : paint(process.stdout, 'red', count(problems.length, 'problem'));
          process.stdout.write(
            `${count(bank.questions.length, 'question')}, ${byRunning} marked by running: ${verdict}\n`,
          );
        }
        process.exitCode = problems.length === 0 ? exitStatus.passed : exitStatus.failed;
      },
    );
}

function fromHere(problem: string): string {
  const here = `${process.cwd()}${path.sep}`;
  return problem.startsWith(here) ? problem.slice(here.length) : problem;
}

async function proveAll(
  questions: readonly BankQuestion[],
  bench: Workbench,
  signal: AbortSignal,
): Promise<readonly LintResult[]> {
  const results: LintResult[] = [];
  const queue = [...questions];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      signal.throwIfAborted();
      results.push(await lintQuestion(next, bench));
      if (process.stderr.isTTY) process.stderr.write(`\r${results.length} of ${questions.length}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  return results.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
