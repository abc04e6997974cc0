import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import {
  checkText,
  type FailedCas,
  formats,
  HistoryError,
  type FormatName,
  type IsolationLevel,
  isolationLevels,
  isTransactionKind,
  type ModelName,
  models,
  type NilRead,
  parseValue,
  type TextVerdict,
  timelineHtml,
  type TransactionKind,
  transactionKinds,
  transactionsHtml,
  type Value,
} from '@assay/history';
import { Command, Option } from 'commander';
import { exitStatus, tellFault } from '../exit.ts';
import { historyVerdictLines } from '../reporters/history-verdict.ts';
import { jsonText } from '../terminal/visible.ts';
import { wholeNumber } from './check.ts';

interface HistoryOptions {
  readonly model: ModelName | TransactionKind;
  readonly from: FormatName;
  readonly partition?: 'key';
  readonly initial?: string;
  readonly failedCas?: FailedCas;
  readonly nilRead?: NilRead;
  readonly level?: IsolationLevel;
  readonly timeout?: string;
  readonly format: 'pretty' | 'json';
  readonly report?: string;
}

/** What decides on the exit status of several files: what is proven before what could not be read, and that before what is open. */
const gravest = ['violated', 'unreadable', 'undecided'] as const;
const statusNames = { violated: 'failed', unreadable: 'usage', undecided: 'undecided' } as const;

/** How long one history may take when nothing else is said. Seconds. */
const defaultSeconds = 60;

/** Formats in which something is the custom, for help. */
function customOf(has: (format: (typeof formats)[FormatName]) => boolean): string {
  return Object.entries(formats)
    .flatMap(([name, format]) => (has(format) ? [name] : []))
    .join(', ');
}

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
    .option('--initial <value>', 'the state to begin with, in JSON or EDN; for registers, counter and bank')
    .addOption(
      new Option(
        '--failed-cas <meaning>',
        `what a compare-and-set means that failed without a reason (observation in ${customOf((format) => format.failedCas === 'observation')})`,
      ).choices(['observation', 'nothing-happened'] satisfies FailedCas[]),
    )
    .addOption(
      new Option(
        '--nil-read <meaning>',
        `what a read means that completed with nil (unknown in ${customOf((format) => format.nilRead === 'unknown')}, but for whole operations)`,
      ).choices(['observation', 'unknown'] satisfies NilRead[]),
    )
    .addOption(
      new Option(
        '--level <level>',
        'the isolation that transactions are held against (default: "serializable")',
      ).choices(isolationLevels),
    )
    .option('--timeout <seconds>', `how long each may take (${defaultSeconds}); then it is undecided`)
    .addOption(new Option('--format <format>', 'what to print').choices(['pretty', 'json']).default('pretty'))
    .option(
      '--report <file>',
      'write the (last) history that can be read as a timeline that marks the witness, one HTML page',
    )
    .addHelpText(
      'after',
      `
Examples:
  assay history check run.log --model cas-register --from jepsen-log
  assay history check kv.log --model key-value --from kv-log --partition key --report timeline.html
  assay history check run.edn --model multi-register --from edn --initial '{:x 0, :y 0}'
  assay history check run.edn --model list-append --from edn --level strict-serializable

Exit status: 0 ok, 1 violated, 2 a history cannot be read or holds no operation, 3 undecided; of several files, the first of 1, 2 and 3 that holds for one.`,
    )
    .action((files: readonly string[], options: HistoryOptions) => {
      const initial = initialOf(options);
      const seconds = options.timeout === undefined ? defaultSeconds : wholeNumber('--timeout', options.timeout);
      if (options.report !== undefined) refuseUnwritable(options.report);
      const checked: { readonly file: string; readonly result: TextVerdict }[] = [];
      const rows = files.map((file) => {
        try {
          const result = checkFile(file, options, initial, seconds);
          if (options.format === 'pretty') process.stdout.write(told(file, result));
          checked.push({ file, result });
          return { file, kind: result.kind, ...result.verdict };
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          // The other files are none the worse for it.
          tellFault(error);
          return { file, status: 'unreadable', message: error.message } as const;
        }
      });
      if (options.format === 'json') process.stdout.write(`${jsonText(rows, 2)}\n`);
      // The verdicts are told by now, whatever becomes of the page.
      const last = checked.at(-1);
      if (options.report !== undefined && last !== undefined) writePage(options.report, page(last.result, last.file));
      const worst = gravest.find((status) => rows.some((row) => row.status === status));
      process.exitCode = exitStatus[worst === undefined ? 'passed' : statusNames[worst]];
    });
  return new Command('history')
    .description('Check recorded histories of concurrent operations')
    .addCommand(check.exitOverride().showHelpAfterError('Run with --help for the options and examples.'));
}

/** Refuses options that would be ignored, and reads the initial state. */
function initialOf(options: HistoryOptions): Value | undefined {
  const { model, initial } = options;
  const ofOperations = {
    partition: '--partition',
    initial: '--initial',
    failedCas: '--failed-cas',
    nilRead: '--nil-read',
  } as const;
  const strange = isTransactionKind(model)
    ? Object.entries(ofOperations).flatMap(([name, flag]) => (Object.hasOwn(options, name) ? [flag] : []))
    : options.level === undefined
      ? []
      : ['--level'];
  const [flag] = strange;
  if (flag !== undefined) {
    throw new Fault(
      'bad-usage',
      `${flag} says nothing about --model ${model}.`,
      flag === '--level'
        ? `It is for transactions: ${transactionKinds.join(', ')}.`
        : 'Leave it out: transactions are checked over all keys together.',
    );
  }
  if (initial === undefined || isTransactionKind(model)) return undefined;
  try {
    const value = parseValue(initial);
    // Makes the object once, so that a state it cannot begin with is refused before any file is read.
    models[model].make(value);
    return value;
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    throw new Fault(
      'bad-usage',
      `--initial ${initial}: ${error.message}.`,
      'Give one value in JSON or EDN that the model can begin with, or leave it out.',
    );
  }
}

/** Before the histories are checked, not after it. */
function refuseUnwritable(file: string): void {
  if (existsSync(file) && statSync(file).isDirectory())
    throw new Fault('bad-usage', `--report: ${file} is a folder.`, 'Give the path of a file, such as timeline.html.');
  try {
    accessSync(existsSync(file) ? file : path.dirname(path.resolve(file)), constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function writePage(file: string, content: string): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): Fault {
  const why = error instanceof Error ? error.message : String(error);
  return new Fault('bad-usage', `--report: ${file} cannot be written: ${why}.`, 'Give a path that can be.');
}

function checkFile(file: string, options: HistoryOptions, initial: Value | undefined, seconds: number): TextVerdict {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault('bad-usage', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const { model, from, partition, failedCas, nilRead, level } = options;
  try {
    return checkText(text, {
      model,
      from,
      timeoutMs: seconds * 1000,
      now: () => performance.now(),
      ...(partition === undefined ? {} : { partition }),
      ...(initial === undefined ? {} : { initial }),
      ...(failedCas === undefined ? {} : { failedCas }),
      ...(nilRead === undefined ? {} : { nilRead }),
      ...(level === undefined ? {} : { level }),
    });
  } catch (error) {
    if (error instanceof HistoryError) {
      throw new Fault(
        'bad-usage',
        `${file}: ${error.message}.`,
        error.line === null
          ? 'Choose another --from or --model.'
          : 'Correct that line, or choose another --from or --model.',
      );
    }
    throw error;
  }
}

function page(result: TextVerdict, file: string): string {
  return result.kind === 'linearizability'
    ? timelineHtml(result.verdict, result.history, { title: file, model: result.model })
    : transactionsHtml(result.verdict, result.history, { title: file });
}

function told(file: string, result: TextVerdict): string {
  return `${historyVerdictLines(file, result, process.stdout).join('\n')}\n`;
}
