/**
 * Kills Assay with SIGKILL at random moments, many times, then lets one run end in peace and looks for anything that was left behind:
 * processes, listening ports, databases, folders of instances, sockets, half-built caches, locks, shared memory.
 * Usage: kill-storm.ts [ROUNDS, default 1000] [--folder BACKEND]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabaseServer, openHome } from '../packages/engine/src/index.ts';
import { entries, read, removeHome } from '../apps/cli/src/e2e/leftovers.ts';
import { databasesOf, type StormLeftovers, stormLeftovers } from './storm-leftovers.ts';

const root = path.resolve(import.meta.dirname, '..');
const bin = path.join(root, 'apps/cli/bin/assay');

interface Remains extends StormLeftovers {
  readonly databases: readonly string[];
  readonly sharedMemory: readonly string[];
}

/** Runs the storm. Returns what remained after the last, undisturbed run. Linux only. */
export async function killStorm(rounds: number, folder: string, tell: (line: string) => void): Promise<Remains> {
  const home = mkdtempSync(path.join(tmpdir(), 'assay-storm-'));
  const memoryBefore = new Set(sharedMemory());
  const pids = new Set<number>();
  const kill = async (from: number, to: number): Promise<void> => {
    for (let round = from; round <= to; round += 1) {
      // Most of a run's moments, its start and its teardown included.
      pids.add(await run(home, folder, Math.random() * 6000));
      if (round % 25 === 0) tell(`${round} of ${rounds} killed`);
    }
  };
  try {
    await run(home, folder, null);
    const half = Math.floor(rounds / 2);
    await kill(1, half);
    // From here on the server is in use by one that lives, and is not thrown away with what the killed ones left in it.
    const opened = openHome({ ASSAY_HOME: home });
    const server = await openDatabaseServer(opened);
    let databases: readonly string[];
    try {
      await kill(half + 1, rounds);
      await run(home, folder, null);
      databases = await databasesOf(opened, server);
    } finally {
      await server.release();
    }
    return {
      ...stormLeftovers(opened, pids),
      databases,
      sharedMemory: sharedMemory().filter((name) => !memoryBefore.has(name)),
    };
  } finally {
    removeHome(home);
  }
}

/** Starts a run and kills it after so many milliseconds; null lets it end. Its pid. */
async function run(home: string, folder: string, killAfterMs: number | null): Promise<number> {
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
  return child.pid ?? 0;
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
