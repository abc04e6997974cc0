import { accessSync, constants, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault, type Report } from '@assay/contract';
import { openHome, planChecks, prove, unbegunRun } from '@assay/prove';
import { Command, Option } from 'commander';
import { exitStatus, statusOf } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { createReporter } from '../reporters/create.ts';
import { htmlPage, refuseUnbuiltPage } from '../page/html-page.ts';
import { formats, parseFormat } from '../reporters/reporter.ts';
import { gatherTroubles } from '../reporters/troubles.ts';
import { version } from '../version.ts';
import { judgeOnChanges } from './watch.ts';

interface CheckOptions {
  readonly challenge?: string;
  readonly contract?: string;
  readonly only?: readonly string[];
  readonly seed?: string;
  readonly startTimeout?: string;
  readonly budget?: string;
  readonly format: string;
  readonly report?: string;
  readonly baseline?: string;
  readonly watch?: boolean;
  readonly sandbox: 'auto' | 'require' | 'off';
}

export function checkCommand(): Command {
  return new Command('check')
    .description('Build a backend, start it with a real PostgreSQL, and say what holds and what does not')
    .argument('[dir]', 'the folder of the backend', '.')
    .option('--challenge <name>', 'judge it against this challenge (see `assay list`)')
    .option('--contract <file>', 'judge it against this OpenAPI document')
    .option('--only <ids...>', 'only these checks or areas, e.g. `security` or `data/round-trip`')
    .option('--seed <number>', 'repeat a run: the same seed sends the same requests')
    .option('--start-timeout <seconds>', 'how long the backend may take until it answers (120)')
    .option('--budget <seconds>', 'stop the checks after this long; what was not reached is undecided')
    .option('--format <format>', `what to print on standard output: ${formats.join(', ')}`, 'pretty')
    .option('--report <file>', 'also write the report as one self-contained HTML page')
    .option('--baseline <file>', 'findings that this earlier report (--format json) has too do not fail the run')
    .option('--watch', 'judge it again whenever the folder changes, first what had failed; Ctrl-C ends it')
    .addOption(
      new Option('--sandbox <mode>', 'hold the backend in a sandbox')
        .choices(['auto', 'require', 'off'])
        .default('auto'),
    )
    .addHelpText(
      'after',
      `
Examples:
  assay check                                  the backend in this folder, against its own assay.yaml or OpenAPI file
  assay check ./api --contract openapi.yaml    against a document elsewhere
  assay check --challenge todo --only http     one area of a challenge
  assay check --format json > report.json      for a machine; progress goes to standard error
  assay check --watch                          again after every change, until Ctrl-C
  assay check --seed 42 --report run.html      the same requests again, with a page to look at

Exit status: 0 passed, 1 failed, 2 the command, the settings or the contract is wrong, 3 undecided.`,
    )
    .action(async (folder: string, options: CheckOptions) => {
      const format = parseFormat(options.format);
      if (options.watch && format !== 'pretty' && format !== 'ndjson')
        throw new Fault(
          'bad-usage',
          `--watch tells of run after run, which --format ${format} cannot.`,
          'Use pretty or ndjson.',
        );
      if (options.challenge !== undefined && options.contract !== undefined)
        throw new Fault(
          'bad-usage',
          'A challenge brings its contract: --challenge and --contract cannot both be given.',
          'Give one of the two.',
        );
      const page = options.report === undefined ? undefined : pageTo(options.report);
      const known = options.baseline === undefined ? new Set<string>() : knownFingerprints(options.baseline);
      const absolute = path.resolve(folder);
      const asked = {
        folder: absolute,
        challenge: options.challenge ?? null,
        contract: options.contract ?? null,
        only: namedChecks(options.only ?? []),
        startTimeoutSeconds:
          options.startTimeout === undefined ? null : Math.max(1, wholeNumber('--start-timeout', options.startTimeout)),
        budgetSeconds: options.budget === undefined ? null : wholeNumber('--budget', options.budget),
        sandbox: options.sandbox,
        version,
        known,
      };
      // One for all runs of a watch: what is gone then is gone because of a change.
      const seed = options.seed === undefined ? randomSeed() : wholeNumber('--seed', options.seed);
      const judge = async (signal: AbortSignal, first: readonly string[]): Promise<Report> => {
        const troubles = gatherTroubles(process.stderr);
        const reporter = createReporter(format, { result: process.stdout, progress: process.stderr });
        const run = async (): Promise<{ readonly judged: Report; readonly runs: string }> => {
          const home = openHome(process.env);
          const ownServer = process.env['DATABASE_URL'];
          const rest = { first, seed, home, ownServer, focus: null, transient: false, onTrouble: troubles.add, signal };
          return { judged: await prove({ ...asked, ...rest }, reporter.on), runs: home.runs };
        };
        const { judged, runs } = await run().catch(async (error: unknown) => {
          reporter.stop?.();
          troubles.tell();
          // A person reads the fault itself; a machine reads what it always reads.
          if (format !== 'pretty' && !signal.aborted && isOfSurroundings(error))
            reporter.end(await unbegunRun({ ...asked, seed }, error, reporter.on));
          throw error;
        });
        reporter.end(judged);
        page?.(() => htmlPage(runs, judged.run), troubles.add);
        troubles.tell();
        return judged;
      };
      const written = options.report === undefined ? [] : [path.resolve(options.report)];
      const report = await interruptible((signal) =>
        options.watch ? judgeOnChanges(absolute, written, (first) => judge(signal, first), signal) : judge(signal, []),
      );
      process.exitCode = report === null ? exitStatus.undecided : statusOf(report.verdict);
    });
}

/** What `prove` throws of these comes before its first event; an internal fault may come at any time. */
function isOfSurroundings(error: unknown): error is Fault {
  return error instanceof Fault && error.kind === 'surroundings' && error.code !== 'internal';
}

/** `--only` takes every word that follows, and so a folder that was meant for `check`. Throws the fault bad-usage for one. */
function namedChecks(words: readonly string[]): readonly string[] {
  const only = words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const folder = only.find((word) => /^\.{0,2}\/|^\.{1,2}$/.test(word) || (isFolder(word) && !isCheck(word)));
  if (folder === undefined) return only;
  throw new Fault(
    'bad-usage',
    `--only takes every word that follows for a check, and ${folder} is a folder.`,
    `Write the folder first: \`assay check ${folder} --only …\`.`,
  );
}

function isFolder(word: string): boolean {
  return statSync(word, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isCheck(word: string): boolean {
  try {
    planChecks(null, [word]);
    return true;
  } catch {
    return false;
  }
}

function randomSeed(): number {
  return Math.floor(Math.random() * 0x7fffffff);
}

export function wholeNumber(option: string, word: string): number {
  if (/^\d{11,}$/.test(word)) throw new Fault('bad-usage', `${option} takes a number of at most ten digits.`);
  if (!/^\d{1,10}$/.test(word)) throw new Fault('bad-usage', `${option} takes a whole number, not ${word}.`);
  return Number(word);
}

/** What a shell calls the other end of `>(…)`. */
const ofTheShell = /^\/(dev|proc\/self)\/fd\/\d+$/;

/**
 * How the page of a run is written. Throws `bad-usage` before the run, not after it, where it cannot be. What comes of the run has been told by the time it is
 * written: a page that cannot be made, or not written, takes nothing away from it.
 */
function pageTo(file: string): (page: () => string, onTrouble: (what: string) => void) => void {
  refuseUnwritable(file);
  // Files that Assay was started with are closed before it runs the programs of others; those that it opened are not passed on.
  const to = ofTheShell.test(file) ? openSync(file, 'w') : file;
  return (page, onTrouble) => {
    try {
      writeFileSync(to, page());
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      onTrouble(`The page could not be written to ${file}: ${why}. Run \`assay show\` to see the run.`);
    }
  };
}

function refuseUnwritable(file: string): void {
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder)) throw new Fault('bad-usage', `--report: there is no folder ${folder}.`, 'Create it first.');
  if (existsSync(file) && statSync(file).isDirectory())
    throw new Fault('bad-usage', `--report: ${file} is a folder.`, 'Give the path of a file, such as run.html.');
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch {
    throw new Fault('bad-usage', `--report: ${file} cannot be written by this user.`, 'Give a path that can be.');
  }
  refuseUnbuiltPage();
}

function knownFingerprints(file: string): Set<string> {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Partial<Report> | null;
    if (typeof report !== 'object' || !Array.isArray(report?.checks)) throw new Error('it has no checks');
    const { checks } = report as Report;
    return new Set(checks.flatMap((check) => check.findings.map((finding) => finding.fingerprint)));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new Fault('bad-baseline', `${file} is not a report: ${why}.`);
  }
}
