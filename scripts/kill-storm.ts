/**
 * Kills Assay with SIGKILL at random moments, many times, then lets one run end in peace and looks for anything that was left behind:
 * processes, listening ports, folders, shared memory. Usage: kill-storm.ts [ROUNDS, default 1000] [--folder BACKEND]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { entries, type Leftovers, leftoversOf, read, removeHome } from '../apps/cli/src/e2e/leftovers.ts';

const root = path.resolve(import.meta.dirname, '..');
const bin = path.join(root, 'apps/cli/bin/assay');

export interface StormLeftovers extends Leftovers {
  readonly sharedMemory: readonly string[];
}

/** Runs the storm. Returns what remained after the last, undisturbed run. Linux only. */
export async function killStorm(rounds: number, folder: string, tell: (line: string) => void): Promise<StormLeftovers> {
  const home = mkdtempSync(path.join(tmpdir(), 'assay-storm-'));
  const memoryBefore = new Set(sharedMemory());
  try {
    await run(home, folder, null);
    for (let round = 1; round <= rounds; round += 1) {
      // Most of a run's moments, its start and its teardown included.
      await run(home, folder, Math.random() * 6000);
      if (round % 25 === 0) tell(`${round} of ${rounds} killed`);
    }
    await run(home, folder, null);
    return {
      ...leftoversOf(home),
      sharedMemory: sharedMemory().filter((name) => !memoryBefore.has(name)),
    };
  } finally {
    removeHome(home);
  }
}

/** Starts a run and kills it after so many milliseconds; null lets it end. */
async function run(home: string, folder: string, killAfterMs: number | null): Promise<void> {
  const child = spawn(bin, ['check', folder, '--only', 'contract,resilience', '--format', 'json'], {
    env: { ...process.env, ASSAY_HOME: home, DATABASE_URL: '' },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  if (killAfterMs !== null) {
    await Promise.race([ended, pause(killAfterMs)]);
    child.kill('SIGKILL');
  }
  await ended;
}

function sharedMemory(): readonly string[] {
  return [
    ...entries('/dev/shm'),
    ...read('/proc/sysvipc/shm')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , , , , attached]) => attached === '0')
      .map((fields) => fields.slice(0, 2).join(' ')),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const rounds = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 1000);
  const at = process.argv.indexOf('--folder');
  const folder = at < 0 ? path.join(root, 'challenges/todo/backends/node') : (process.argv[at + 1] ?? '.');
  const left = await killStorm(rounds, folder, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(left, null, 2)}\n`);
  process.exitCode = Object.values(left).some((list) => list.length > 0) ? 1 : 0;
}
