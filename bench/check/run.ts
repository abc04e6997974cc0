/**
 * A full judgement of `todo/express`, after its build is cached: how long it takes, when the first finding of each of its mutants shows, and what
 * Assay itself uses beside the backend and PostgreSQL.
 *   scripts/with-node bench/check/run.ts [--json] [--rounds N] [--challenge SLUG] [--budget SECONDS] [--whole] [--mutants N]
 * Of `todo` the checks are those of the first release, of any other challenge, or with `--whole`, all there are.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { applyPatchFile } from '../../packages/prove/src/patch.ts';
import { RunTree } from './run-tree.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    challenge: { type: 'string', default: 'todo' },
    budget: { type: 'string' },
    whole: { type: 'boolean', default: false },
    mutants: { type: 'string' },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const rounds = Number(values.rounds);
const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
/** The checks of the first release; empty for all. */
const wantedChecks =
  values.challenge !== 'todo' || values.whole
    ? []
    : [
        'contract',
        'http',
        'data/round-trip',
        'data/update-is-visible',
        'data/delete-is-final',
        'queries/no-n-plus-one',
        'queries/bounded-result',
        'security/sql-injection',
        'security/error-detail',
        'resilience/acknowledged-writes-survive-kill',
        'resilience/malformed-http',
      ];

interface Round {
  readonly verdict: string;
  readonly totalSeconds: number;
  readonly firstFindingSeconds: number | null;
  readonly assayCpuSeconds: number;
  /** Of the backend and of PostgreSQL. */
  readonly othersCpuSeconds: number;
  readonly assayPeakMegabytes: number;
  readonly mainPeakMegabytes: number;
}

async function judge(folder: string, checks: readonly string[] = wantedChecks): Promise<Round> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  let firstFinding: number | null = null;
  let verdict = 'none';
  const child = spawn(
    path.join(root, 'apps/cli/bin/assay'),
    [
      'check',
      folder,
      '--challenge',
      values.challenge,
      '--seed',
      '7',
      '--format',
      'ndjson',
      ...(values.budget === undefined ? [] : ['--budget', values.budget]),
      ...(checks.length > 0 ? ['--only', checks.join()] : []),
    ],
    { env: { ...process.env, ASSAY_HOME: home }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (firstFinding === null && /"type":"check-ended","result":\{[^\n]*"status":"failed"/.test(text))
      firstFinding = seconds();
    verdict = /"type":"run-ended"[^\n]*?"verdict":"([a-z]+)"/.exec(text)?.[1] ?? verdict;
  });
  const tree = new RunTree(child.pid ?? 0, home);
  const looking = setInterval(() => tree.look(), 100);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(looking);
  return {
    verdict,
    totalSeconds: seconds(),
    firstFindingSeconds: firstFinding,
    assayCpuSeconds: tree.ownCpuSeconds,
    othersCpuSeconds: tree.othersCpuSeconds,
    assayPeakMegabytes: tree.peak.together,
    mainPeakMegabytes: tree.peak.main,
  };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const reference = path.join(root, 'challenges', values.challenge, 'backends/express');
const patches = path.join(root, 'challenges', values.challenge, 'mutants/express');
const allMutants = readdirSync(patches);
/** Evenly spread over the list, when not all are wanted. */
const wanted = Math.min(Number(values.mutants ?? allMutants.length), allMutants.length);
const mutants = Array.from(
  { length: wanted },
  (_, index) => allMutants[Math.floor((index * allMutants.length) / wanted)],
);
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bench-mutants-'));
try {
  // Builds, and starts PostgreSQL for the first time.
  await judge(reference, ['contract/no-server-error']);
  const results: Round[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await judge(reference));
  const flawed: (Round & { readonly mutant: string })[] = [];
  for (const patch of mutants) {
    if (patch === undefined) continue;
    const mutant = path.join(scratch, patch);
    cpSync(reference, mutant, { recursive: true });
    applyPatchFile(path.join(patches, patch), mutant);
    const round = await judge(mutant);
    // Some of them only the checks of later releases catch.
    if (round.verdict === 'failed') flawed.push({ mutant: patch, ...round });
  }
  const of = (name: 'totalSeconds' | 'assayCpuSeconds' | 'othersCpuSeconds'): number =>
    median(results.map((round) => round[name]));
  const summary = {
    challenge: values.challenge,
    rounds,
    totalSeconds: of('totalSeconds'),
    firstFindingSeconds: median(flawed.map((round) => round.firstFindingSeconds ?? Number.NaN)),
    assayCpuSeconds: of('assayCpuSeconds'),
    othersCpuSeconds: of('othersCpuSeconds'),
    assayCpuOverBackendAndPostgres: median(results.map((round) => round.assayCpuSeconds / round.othersCpuSeconds)),
    assayPeakMegabytes: Math.max(...results.map((round) => round.assayPeakMegabytes)),
    mainPeakMegabytes: Math.max(...results.map((round) => round.mainPeakMegabytes)),
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...summary, results, flawed }, null, 2)}\n`
      : [
          `${values.challenge}/express: ${results.map(({ verdict }) => verdict).join(', ')} in ${summary.totalSeconds.toFixed(1)} s (medians of ${rounds} rounds)`,
          ...(flawed.length === 0
            ? []
            : [`first finding of ${flawed.length} mutants after ${summary.firstFindingSeconds.toFixed(1)} s`]),
          `CPU: Assay ${summary.assayCpuSeconds.toFixed(1)} s, backend and PostgreSQL ${summary.othersCpuSeconds.toFixed(1)} s, ratio ${summary.assayCpuOverBackendAndPostgres.toFixed(2)}`,
          `memory of Assay: at most ${summary.assayPeakMegabytes.toFixed(0)} MB, of which the main process ${summary.mainPeakMegabytes.toFixed(0)} MB`,
          '',
        ].join('\n'),
  );
} finally {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}
