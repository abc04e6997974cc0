import { availableParallelism } from 'node:os';
import { Fault } from '@assay/contract';
import { listChallenges, loadChallenge, type MutantResult, openHome, type Verification, verify } from '@assay/prove';
import { Command, Option } from 'commander';
import { exitStatus } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { paint } from '../terminal/paint.ts';
import { version } from '../version.ts';
import { wholeNumber } from './check.ts';

interface VerifyOptions {
  readonly all?: boolean;
  readonly stack?: readonly string[];
  readonly mutant?: readonly string[];
  readonly fast?: boolean;
  readonly references: boolean;
  readonly seed: string;
  readonly jobs?: string;
  readonly format: 'pretty' | 'json';
  readonly sandbox: 'auto' | 'require' | 'off';
  readonly resume?: string;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Prove a challenge: every reference passes, every mutant is caught by the checks named for it and by no other',
    )
    .argument('[challenges...]', 'names or folders')
    .option('--all', 'every challenge that comes with Assay')
    .option('--stack <stacks...>', 'only these stacks')
    .option('--mutant <ids...>', 'only these mutants, and no references')
    .option('--no-references', 'judge the mutants alone')
    .option('--fast', 'judge mutants by the checks named for them alone')
    .option('--seed <number>', 'the seed of every run', '1')
    .option(
      '--resume <file>',
      'keep what passed and was caught in this file, and do not judge it again (delete it when Assay itself has changed)',
    )
    .option('--jobs <number>', 'how many backends are judged at the same time')
    .addOption(
      new Option('--format <format>', 'what to print on standard output').choices(['pretty', 'json']).default('pretty'),
    )
    .addOption(
      new Option('--sandbox <mode>', 'hold the backends in a sandbox')
        .choices(['auto', 'require', 'off'])
        .default('auto'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  assay verify todo\n  assay verify todo --mutant n-plus-one-tags\n  assay verify --all --format json\n  assay verify ledger --resume ledger.ndjson    the same again goes on, and repeats what had failed\n\nExit status: 0 every reference passed and every mutant was caught, 1 one did not, 3 nothing failed and something is undecided.',
    )
    .action(async (names: readonly string[], options: VerifyOptions) => {
      const slugs = options.all === true ? listChallenges() : names;
      if (slugs.length === 0)
        throw new Fault('bad-usage', 'No challenge was named.', 'Name one (see `assay list`), or give --all.');
      const results: Verification[] = [];
      for (const slug of slugs) {
        const challenge = await loadChallenge(slug);
        const result = await interruptible((signal) =>
          verify(
            {
              challenge,
              stacks: options.stack ?? [],
              mutants: options.mutant ?? [],
              references: options.references,
              fast: options.fast ?? false,
              seed: wholeNumber('--seed', options.seed),
              jobs:
                options.jobs === undefined
                  ? Math.max(1, Math.floor(availableParallelism() / 2))
                  : Math.max(1, wholeNumber('--jobs', options.jobs)),
              home: openHome(process.env),
              ownServer: process.env['DATABASE_URL'],
              version,
              sandbox: options.sandbox,
              resume: options.resume ?? null,
              signal,
            },
            (one) =>
              process.stderr.write(
                'reference' in one
                  ? `${referenceLine(one.reference)}\n`
                  : `${mutantLine(one.mutant, process.stderr)}\n`,
              ),
          ),
        );
        results.push(result);
        if (options.format === 'pretty') process.stdout.write(matrix(result, process.stdout));
      }
      if (options.format === 'json')
        process.stdout.write(`${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`);
      process.exitCode = verifiedStatus(results);
    });
}

/** Failed as soon as anything is: what is undecided beside it does not hide that. */
export function verifiedStatus(results: readonly Verification[]): number {
  const words = results.flatMap(({ references, mutants }) => [
    ...references.map(({ verdict }) => verdict),
    ...mutants.map(({ status }) => status),
  ]);
  if (words.some((word) => word === 'failed' || word === 'missed' || word === 'stray')) return exitStatus.failed;
  return words.includes('undecided') ? exitStatus.undecided : exitStatus.passed;
}

function referenceLine(reference: Verification['references'][number]): string {
  const mark = reference.verdict === 'passed' ? paint(process.stderr, 'green', '✔') : paint(process.stderr, 'red', '✘');
  return [
    `${mark} reference ${reference.stack}: ${reference.verdict}. ${reference.reason}`,
    ...reference.alarms.map((alarm) => `    ${alarm}`),
  ].join('\n');
}

/** What became of one mutant: what must catch it and did not, and what did and must not. */
export function mutantLine(mutant: MutantResult, stream: NodeJS.WriteStream): string {
  const mark = mutant.status === 'caught' ? paint(stream, 'green', '✔') : paint(stream, 'red', '✘');
  const missing = mutant.expected.filter((id) => !mutant.caughtBy.includes(id));
  const stray = mutant.caughtBy.filter((id) => ![...mutant.expected, ...mutant.allowed].includes(id));
  return [
    `${mark} ${mutant.stack}/${mutant.id}: ${mutant.status}`,
    ...(missing.length > 0 ? [`    not caught by ${missing.join(', ')}`] : []),
    ...(stray.length > 0 ? [`    also caught by ${stray.join(', ')}`] : []),
  ].join('\n');
}

/** The kill matrix: a row for each check with the mutants that it caught, by stack. */
export function matrix(result: Verification, out: NodeJS.WriteStream): string {
  const checks = [...new Set(result.mutants.flatMap((mutant) => mutant.expected))].sort();
  const rows = checks.map((check) => {
    const mutants = result.mutants.filter((mutant) => mutant.expected.includes(check));
    const caught = mutants.filter((mutant) => mutant.caughtBy.includes(check));
    const colour = caught.length === mutants.length ? 'green' : 'red';
    return `  ${paint(out, colour, `${caught.length}/${mutants.length}`)}  ${check}\n       ${paint(out, 'dim', mutants.map((mutant) => `${mutant.stack}/${mutant.id}`).join(', '))}`;
  });
  const passed = result.references.filter((reference) => reference.verdict === 'passed').length;
  return [
    '',
    paint(out, 'bold', `${result.challenge}: the kill matrix`),
    ...rows,
    '',
    `References: ${passed} of ${result.references.length} passed. Mutants: ${result.caught} of ${result.total} caught. False alarms: ${result.falseAlarms}.`,
    '',
  ].join('\n');
}
