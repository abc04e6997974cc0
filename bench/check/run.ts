/**
 * A full judgement of `todo/express`, after its build is cached: how long it takes, when the first finding of each of its mutants shows, and what
 * Assay itself uses beside the backend and PostgreSQL. `--json` for machines, `--rounds N` (default 3).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyPatchFile } from '../../packages/prove/src/patch.ts';

const root = path.resolve(import.meta.dirname, '../..');
const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1] || 3) || 3;
const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));

interface Round {
  readonly totalSeconds: number;
  readonly firstFindingSeconds: number | null;
  readonly assayCpuSeconds: number;
  readonly othersCpuSeconds: number;
  readonly assayPeakMegabytes: number;
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Its own and that of its children which have ended. */
  readonly cpuSeconds: number;
}

/** `/proc/<pid>/stat` of every process. Clock ticks are hundredths of a second on Linux. */
function processes(): readonly ProcessRow[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [, parent = 0] = fields;
      const cpu = [11, 12, 13, 14].reduce((sum, index) => sum + (fields[index] ?? 0), 0) / 100;
      return [
        { pid: Number(name), parent, name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')), cpuSeconds: cpu },
      ];
    } catch {
      return [];
    }
  });
}

function peakMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Every process that carries Assay's mark or descends from it, the highest CPU time seen of each. */
async function watch(
  child: ChildProcess,
): Promise<{ readonly assay: number; readonly others: number; readonly peak: number }> {
  const own = child.pid ?? 0;
  const seen = new Map<number, { readonly name: string; cpu: number }>();
  let assay = 0;
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const rows = processes();
    const family = new Set([own]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const row of rows)
        if (!family.has(row.pid) && (family.has(row.parent) || row.name === 'postgres' || isOurs(row.pid)))
          grown = family.add(row.pid) !== undefined;
    }
    for (const row of rows) {
      if (row.pid === own) {
        // Of Assay's own process, not of the children it has waited for.
        assay = Math.max(assay, ownCpu(row.pid));
        peak = Math.max(peak, peakMegabytes(row.pid));
      } else if (family.has(row.pid)) {
        const before = seen.get(row.pid);
        seen.set(row.pid, { name: row.name, cpu: Math.max(before?.cpu ?? 0, row.cpuSeconds) });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { assay, others: [...seen.values()].reduce((sum, row) => sum + row.cpu, 0), peak };
}

function ownCpu(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return ((fields[11] ?? 0) + (fields[12] ?? 0)) / 100;
  } catch {
    return 0;
  }
}

function isOurs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(home);
  } catch {
    return false;
  }
}

async function judge(folder: string): Promise<Round> {
  const began = performance.now();
  let firstFinding: number | null = null;
  const child = spawn(
    path.join(root, 'apps/cli/bin/assay'),
    ['check', folder, '--challenge', 'todo', '--seed', '7', '--format', 'ndjson'],
    {
      env: { ...process.env, ASSAY_HOME: home },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (firstFinding === null && /"type":"check-ended","result":\{[^\n]*"status":"failed"/.test(text))
      firstFinding = (performance.now() - began) / 1000;
  });
  const { assay, others, peak } = await watch(child);
  return {
    totalSeconds: (performance.now() - began) / 1000,
    firstFindingSeconds: firstFinding,
    assayCpuSeconds: assay,
    othersCpuSeconds: others,
    assayPeakMegabytes: peak,
  };
}

const reference = path.join(root, 'challenges/todo/backends/express');
const patches = path.join(root, 'challenges/todo/mutants/express');
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bench-mutants-'));
try {
  await judge(reference);
  const results: Round[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await judge(reference));
  const flawed: Round[] = [];
  for (const patch of readdirSync(patches)) {
    const mutant = path.join(scratch, patch);
    cpSync(reference, mutant, { recursive: true });
    applyPatchFile(path.join(patches, patch), mutant);
    flawed.push(await judge(mutant));
  }
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const summary = {
    rounds,
    totalSeconds: median(results.map((round) => round.totalSeconds)),
    firstFindingSeconds: median(flawed.map((round) => round.firstFindingSeconds ?? Number.NaN)),
    assayCpuOverBackendAndPostgres: median(results.map((round) => round.assayCpuSeconds / round.othersCpuSeconds)),
    assayPeakMegabytes: Math.max(...results.map((round) => round.assayPeakMegabytes)),
  };
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify({ ...summary, results, flawed }, null, 2)}\n`
      : `full judgement ${summary.totalSeconds.toFixed(1)} s · first finding of ${flawed.length} mutants ${summary.firstFindingSeconds.toFixed(1)} s · Assay's CPU / backend's and PostgreSQL's ${summary.assayCpuOverBackendAndPostgres.toFixed(2)} · Assay's peak ${summary.assayPeakMegabytes.toFixed(0)} MB (medians of ${rounds} rounds)\n`,
  );
} finally {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}
