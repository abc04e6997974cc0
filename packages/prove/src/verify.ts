import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Challenge, Fault, type Mutant, type Report } from '@assay/contract';
import { type Home, hashSources, listSources } from '@assay/engine';
import { listStacks, loadMutants } from './challenge.ts';
import { applyPatchFile } from './patch.ts';
import { nearest } from './plan.ts';
import { prove } from './run.ts';
import { VerifyLog } from './verify-log.ts';

/** What `assay verify` finds out about one mutant. `missed`: a check that must catch it did not. `stray`: another one did too. */
export interface MutantResult {
  readonly id: string;
  readonly stack: string;
  readonly title: string;
  readonly expected: readonly string[];
  /** Those that may see it too. */
  readonly allowed: readonly string[];
  readonly caughtBy: readonly string[];
  readonly status: 'caught' | 'missed' | 'stray' | 'undecided';
}

export interface ReferenceResult {
  readonly stack: string;
  readonly verdict: Report['verdict'];
  readonly reason: string;
  /** Findings on a reference: false alarms. */
  readonly alarms: readonly string[];
}

export interface Verification {
  readonly challenge: string;
  readonly references: readonly ReferenceResult[];
  readonly mutants: readonly MutantResult[];
  readonly caught: number;
  readonly total: number;
  readonly falseAlarms: number;
}

export interface VerifyOptions {
  readonly challenge: Challenge;
  /** Only these stacks; empty for all. */
  readonly stacks: readonly string[];
  /** Whether to judge the references too; never with `mutants`. */
  readonly references: boolean;
  /** Only these mutants, by id or `stack/id`; empty for all. */
  readonly mutants: readonly string[];
  /** Judge mutants by the checks named for them alone: faster, and blind to strays. */
  readonly fast: boolean;
  readonly seed: number;
  readonly jobs: number;
  readonly home: Home;
  readonly ownServer: string | undefined;
  readonly version: string;
  readonly sandbox: 'auto' | 'require' | 'off';
  /** A file that good results are written to as they come, and taken from while what they rest on is the same; null for none. */
  readonly resume: string | null;
  readonly signal: AbortSignal;
}

export type VerifyProgress = (
  result: { readonly reference: ReferenceResult } | { readonly mutant: MutantResult },
) => void;

/** Judges every reference and every mutant of a challenge. */
export async function verify(options: VerifyOptions, listen: VerifyProgress): Promise<Verification> {
  const { challenge } = options;
  const stacks = listStacks(challenge, 'backends').filter(
    (stack) => options.stacks.length === 0 || options.stacks.includes(stack),
  );
  const mutants = loadMutants(challenge).filter(
    (mutant) =>
      stacks.includes(mutant.stack) &&
      (options.mutants.length === 0 ||
        options.mutants.includes(mutant.id) ||
        options.mutants.includes(`${mutant.stack}/${mutant.id}`)),
  );
  refuseUnknown(options, stacks, mutants);
  const remember = rememberIn(options);
  const references: ReferenceResult[] = [];
  const results: MutantResult[] = [];
  const work: (() => Promise<void>)[] = [
    ...(options.mutants.length > 0 || !options.references ? [] : stacks).map((stack) => async () => {
      const reference = await remember(`reference ${stack}`, [], () => judgeReference(options, stack));
      references.push(reference);
      listen({ reference });
    }),
    ...mutants.map((mutant) => async () => {
      const result = await remember(
        `mutant ${mutant.stack}/${mutant.id}`,
        [
          [...mutant.caughtBy, ...(mutant.mayCatch ?? []).map((id) => `(${id})`)].join(),
          readFileSync(mutant.patch, 'utf8'),
        ],
        () => judgeMutant(options, mutant),
      );
      // A file of before `mayCatch` remembers nothing of it.
      const told = { ...result, allowed: mutant.mayCatch ?? [] };
      results.push(told);
      listen({ mutant: told });
    }),
  ];
  await Promise.all(
    Array.from({ length: options.jobs }, async () => {
      for (let next = work.shift(); next !== undefined && !options.signal.aborted; next = work.shift()) await next();
    }),
  );
  options.signal.throwIfAborted();
  return {
    challenge: challenge.slug,
    references: references.sort((a, b) => a.stack.localeCompare(b.stack)),
    mutants: results.sort((a, b) => a.stack.localeCompare(b.stack) || a.id.localeCompare(b.id)),
    caught: results.filter((result) => result.status === 'caught').length,
    total: results.length,
    falseAlarms: references.reduce((sum, reference) => sum + reference.alarms.length, 0),
  };
}

/** Finds a result again when the challenge, the mutant, the seed and Assay's version are what they were. */
function rememberIn({ resume, challenge, version, seed, fast }: VerifyOptions) {
  if (resume === null)
    return <T>(_name: string, _parts: readonly string[], work: () => Promise<T>): Promise<T> => work();
  const log = new VerifyLog(resume);
  // The patches of other mutants, and the list that names them all, make no difference to one.
  const sources = listSources(challenge.folder).filter(({ path: name }) => !/^mutants(\/|\.yaml$)/.test(name));
  const common = [version, String(seed), String(fast), hashSources(challenge.folder, sources)];
  return <T extends ReferenceResult | MutantResult>(
    name: string,
    parts: readonly string[],
    work: () => Promise<T>,
  ): Promise<T> => {
    const digest = createHash('sha256')
      .update(JSON.stringify([...common, ...parts]))
      .digest('hex');
    return log.remember(`${challenge.slug} ${name} ${digest}`, work, (result) =>
      'verdict' in result ? result.verdict === 'passed' : result.status === 'caught',
    );
  };
}

/** A name that matches nothing must not make an empty matrix, which would look like success. */
function refuseUnknown(options: VerifyOptions, stacks: readonly string[], mutants: readonly Mutant[]): void {
  const { challenge } = options;
  const stack = options.stacks.find((name) => !stacks.includes(name));
  if (stack !== undefined) {
    const known = listStacks(challenge, 'backends');
    throw new Fault(
      'unknown-stack',
      `${challenge.slug} has no backend in ${stack}; there are ${known.join(', ')}.${nearest(stack, known)}`,
    );
  }
  const mutant = options.mutants.find(
    (name) => !mutants.some(({ id, stack: at }) => [id, `${at}/${id}`].includes(name)),
  );
  if (mutant !== undefined) {
    throw new Fault(
      'bad-usage',
      `${challenge.slug} has no mutant ${mutant} in ${stacks.join(', ')}.${nearest(
        mutant,
        loadMutants(challenge).map(({ id }) => id),
      )}`,
      'See mutants.yaml in the folder of the challenge for the mutants there are.',
    );
  }
  if (mutants.length > 0 || (options.references && stacks.length > 0)) return;
  const what = options.references ? 'neither backends nor mutants' : 'no mutants';
  throw new Fault(
    'bad-usage',
    `${challenge.slug} has ${what}${options.stacks.length === 0 ? '' : ` in ${stacks.join(', ')}`}, so there is nothing to judge.`,
    'See docs/challenge-authors.md for what a challenge folder holds.',
  );
}

function run(options: VerifyOptions, folder: string, only: readonly string[]): Promise<Report> {
  return prove(
    {
      folder,
      challenge: options.challenge.folder,
      contract: null,
      only,
      seed: options.seed,
      startTimeoutSeconds: null,
      budgetSeconds: null,
      sandbox: options.sandbox,
      home: options.home,
      ownServer: options.ownServer,
      version: options.version,
      known: new Set(),
      focus: null,
      transient: true,
      signal: options.signal,
    },
    () => undefined,
  );
}

async function judgeReference(options: VerifyOptions, stack: string): Promise<ReferenceResult> {
  const report = await run(options, path.join(options.challenge.folder, 'backends', stack), []);
  return {
    stack,
    verdict: report.verdict,
    reason: report.reason,
    alarms: report.checks.flatMap((check) => check.findings.map((finding) => `${check.id}: ${finding.title}`)),
  };
}

async function judgeMutant(options: VerifyOptions, mutant: Mutant & { readonly patch: string }): Promise<MutantResult> {
  const scratch = mkdtempSync(path.join(tmpdir(), `assay-mutant-${mutant.id}-`));
  try {
    // The folder's name stays the reference's, so that the build's dependency cache is shared.
    const folder = path.join(scratch, mutant.stack);
    cpSync(path.join(options.challenge.folder, 'backends', mutant.stack), folder, { recursive: true });
    applyPatchFile(mutant.patch, folder);
    const only = options.fast
      ? [...new Set([...mutant.caughtBy.filter((id) => !id.startsWith('launch/')), 'contract/no-server-error'])]
      : [];
    const report = await run(options, folder, only);
    const caughtBy = report.checks
      .filter((check) => check.status === 'failed')
      .map((check) => check.id)
      .sort();
    return {
      id: mutant.id,
      stack: mutant.stack,
      title: mutant.title,
      expected: mutant.caughtBy,
      allowed: mutant.mayCatch ?? [],
      caughtBy,
      status: statusOf(mutant, caughtBy, report),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What could not be decided has not missed it. */
export function statusOf(
  mutant: Pick<Mutant, 'caughtBy' | 'mayCatch'>,
  caughtBy: readonly string[],
  report: Pick<Report, 'checks' | 'verdict'>,
): MutantResult['status'] {
  const missing = mutant.caughtBy.filter((id) => !caughtBy.includes(id));
  const open = missing.filter((id) => report.checks.find((check) => check.id === id)?.status === 'undecided');
  if (missing.length > 0) return open.length === missing.length ? 'undecided' : 'missed';
  if (caughtBy.some((id) => !mutant.caughtBy.includes(id) && mutant.mayCatch?.includes(id) !== true)) return 'stray';
  return report.checks.some((check) => check.status === 'undecided') && report.verdict === 'undecided'
    ? 'undecided'
    : 'caught';
}
