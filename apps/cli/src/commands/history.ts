import { readFileSync, writeFileSync } from 'node:fs';
import { Fault } from '@assay/contract';
import {
  checkText,
  formats,
  HistoryError,
  type FormatName,
  type ModelName,
  models,
  type TextVerdict,
  timelineHtml,
  type TransactionKind,
  transactionKinds,
  transactionsHtml,
} from '@assay/history';
import { Command, Option } from 'commander';
import { exitStatus } from '../exit.ts';
import { paint } from '../terminal/paint.ts';
import { wholeNumber } from './check.ts';

interface HistoryOptions {
  readonly model: ModelName | TransactionKind;
  readonly from: FormatName;
  readonly partition?: 'key';
  readonly timeout?: string;
  readonly format: 'pretty' | 'json';
  readonly report?: string;
}

/** How long one history may take when nothing else is said. Seconds. */
const defaultSeconds = 60;

export function historyCommand(): Command {
  const check = new Command('check')
    .description('Decide whether recorded histories are linearizable, or their transactions serializable')
    .argument('<files...>', 'one history each')
    .addOption(
      new Option('--model <name>', 'what the operations act on')
        .choices([...Object.keys(models), ...transactionKinds])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--from <format>', 'how the history is written').choices(Object.keys(formats)).makeOptionMandatory(),
    )
    .addOption(new Option('--partition <by>', '`key`: every key is an object of its own').choices(['key']))
    .option('--timeout <seconds>', `how long each may take (${defaultSeconds}); then it is undecided`)
    .addOption(new Option('--format <format>', 'what to print').choices(['pretty', 'json']).default('pretty'))
    .option('--report <file>', 'write the (last) history as a timeline that marks the witness, one HTML page')
    .addHelpText(
      'after',
      `
Examples:
  assay history check run.log --model cas-register --from jepsen-log
  assay history check kv.log --model key-value --from kv-log --partition key --report timeline.html

Exit status: 0 ok, 1 violated, 2 a history cannot be read, 3 undecided.`,
    )
    .action((files: readonly string[], options: HistoryOptions) => {
      const verdicts = files.map((file) => {
        const result = checkFile(file, options);
        if (options.report !== undefined) writeFileSync(options.report, page(result, file));
        if (options.format === 'pretty') process.stdout.write(told(file, result));
        return { file, kind: result.kind, ...result.verdict };
      });
      if (options.format === 'json') process.stdout.write(`${JSON.stringify(verdicts, null, 2)}\n`);
      const statuses = verdicts.map(({ status }) => status);
      process.exitCode = statuses.includes('violated')
        ? exitStatus.failed
        : statuses.includes('undecided')
          ? exitStatus.undecided
          : exitStatus.passed;
    });
  return new Command('history')
    .description('Check recorded histories of concurrent operations')
    .addCommand(check.exitOverride().showHelpAfterError('Run with --help for the options and examples.'));
}

function checkFile(file: string, options: HistoryOptions): TextVerdict {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault('bad-usage', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const seconds = options.timeout === undefined ? defaultSeconds : wholeNumber('--timeout', options.timeout);
  try {
    return checkText(text, {
      model: options.model,
      from: options.from,
      timeoutMs: seconds * 1000,
      now: () => performance.now(),
      ...(options.partition === undefined ? {} : { partition: options.partition }),
    });
  } catch (error) {
    if (error instanceof HistoryError) {
      throw new Fault(
        'bad-usage',
        `${file}: ${error.message}.`,
        'Correct that line, or choose another --from or --model.',
      );
    }
    throw error;
  }
}

function page(result: TextVerdict, file: string): string {
  return result.kind === 'linearizability'
    ? timelineHtml(result.verdict, result.history, { title: file })
    : transactionsHtml(result.verdict, result.history, { title: file });
}

const colours = { ok: 'green', violated: 'red', undecided: 'yellow' } as const;

function told(file: string, { verdict }: TextVerdict): string {
  const out = process.stdout;
  const lines = [`${paint(out, [colours[verdict.status], 'bold'], verdict.status.toUpperCase())}  ${file}`];
  if ('witness' in verdict) {
    const { witness } = verdict;
    if (witness.partition !== '') lines.push(`  partition ${witness.partition}`);
    lines.push(`  ${witness.explanation}`);
  } else if ('explanation' in verdict) lines.push(`  ${verdict.explanation}`);
  return `${lines.join('\n')}\n`;
}
