/**
 * Judges every reference many times, with another seed each time, and says which runs were not `passed`: a check that flickers is broken.
 * Usage: steady.ts [CHALLENGE | CHALLENGE/STACK …] [--runs N, default 20] [--jobs N, default 1] [--resume FILE]
 * With `--resume` each run is written down when it ends, and what stands there already is not repeated. Exit status 1 when a run was not `passed`.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '@assay/contract';

const root = path.resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    jobs: { type: 'string', default: '1' },
    resume: { type: 'string' },
  },
});
const [runs, jobs] = [Number(values.runs), Number(values.jobs)];
if (!(Number.isInteger(runs) && runs > 0 && Number.isInteger(jobs) && jobs > 0))
  fail('--runs and --jobs take a number from 1');

interface Run {
  readonly reference: string;
  readonly seed: number;
  readonly verdict: Report['verdict'] | 'no report';
  readonly seconds: number;
  /** Checks that failed or were undecided, with what they said. */
  readonly told: readonly string[];
}

const all = readdirSync(path.join(root, 'challenges'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(path.join(root, 'challenges', entry.name, 'backends')))
  .flatMap(({ name }) =>
    readdirSync(path.join(root, 'challenges', name, 'backends')).map((stack) => `${name}/${stack}`),
  );
const unknown = positionals.find((wanted) => !all.some((one) => isMeant(one, wanted)));
if (unknown !== undefined) fail(`there is no reference ${unknown}; there are ${all.join(', ')}`);
const references = all.filter((one) => positionals.length === 0 || positionals.some((wanted) => isMeant(one, wanted)));

const { resume } = values;
const before: readonly Run[] =
  resume !== undefined && existsSync(resume)
    ? readFileSync(resume, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Run)
    : [];
const isDone = (reference: string, seed: number): boolean =>
  before.some((run) => run.reference === reference && run.seed === seed);
const left = Array.from({ length: runs }, (_, index) => 1001 + index).flatMap((seed) =>
  references.filter((reference) => !isDone(reference, seed)).map((reference) => ({ reference, seed })),
);
const results: Run[] = before.filter(({ reference, seed }) => references.includes(reference) && seed <= 1000 + runs);
const queue = left.values();
await Promise.all(
  Array.from({ length: jobs }, async () => {
    for (const { reference, seed } of queue) {
      const run = await judge(reference, seed);
      results.push(run);
      if (resume !== undefined) appendFileSync(resume, `${JSON.stringify(run)}\n`);
      process.stdout.write(
        `${run.verdict === 'passed' ? '✔' : '✘'} ${reference} seed ${seed}: ${run.verdict} in ${run.seconds} s\n`,
      );
      for (const line of run.told) process.stdout.write(`    ${line}\n`);
    }
  }),
);
const bad = results.filter(({ verdict }) => verdict !== 'passed').length;
process.stdout.write(`${results.length - bad} of ${results.length} runs of ${references.length} references passed\n`);
process.exitCode = bad === 0 ? 0 : 1;

function isMeant(reference: string, wanted: string): boolean {
  return reference === wanted || reference.startsWith(`${wanted}/`);
}

async function judge(reference: string, seed: number): Promise<Run> {
  const [challenge, stack] = reference.split('/');
  const began = performance.now();
  const folder = path.join('challenges', challenge ?? '', 'backends', stack ?? '');
  const printed = await new Promise<{ readonly stdout: string; readonly stderr: string }>((resolve) => {
    const args = ['check', folder, '--seed', String(seed), '--format', 'json'];
    const child = execFile(
      path.join(root, 'scripts/with-node'),
      [path.join(root, 'apps/cli/src/main.ts'), ...args],
      // Assay's own PostgreSQL, whatever the shell says.
      { cwd: root, env: { ...process.env, DATABASE_URL: undefined }, maxBuffer: 256 * 1024 * 1024 },
      (_error, stdout, stderr) => resolve({ stdout, stderr }),
    );
    child.stdin?.end();
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  const report = reportIn(printed.stdout);
  return report === null
    ? { reference, seed, seconds, verdict: 'no report', told: [printed.stderr.trim().split('\n').at(-1)?.trim() ?? ''] }
    : { reference, seed, seconds, verdict: report.verdict, told: troubleOf(report) };
}

function reportIn(output: string): Report | null {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return null;
  }
}

function troubleOf({ verdict, reason, checks }: Report): readonly string[] {
  const bad = checks.filter(({ status }) => status === 'failed' || status === 'undecided');
  const lines = bad.map(
    ({ id, status, reason: why, findings }) =>
      `${id} ${status}: ${findings.length > 0 ? findings.map(({ title }) => title).join('; ') : why}`,
  );
  return verdict === 'passed' || lines.length > 0 ? lines : [reason];
}

function fail(message: string): never {
  process.stderr.write(`steady: ${message}\n`);
  process.exit(2);
}
