import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A killed postmaster leaves its System V segment behind, and a machine has only so many. The seventh line of postmaster.pid
 * names it: `key id`. Removed only when no process is attached, so that a wrong id does no harm.
 */
export async function removeSharedMemory(dataFolder: string): Promise<void> {
  const segment = readSegment(dataFolder);
  if (segment === null) return;
  // The kernel detaches a killed process a moment after it has gone from the list of processes.
  for (let tries = 0; tries < 50 && countAttached(segment) > 0; tries += 1) await pause(5);
  if (countAttached(segment) !== 0) return;
  try {
    execFileSync('ipcrm', ['-m', segment.id], { stdio: 'ignore' });
  } catch {
    // It has gone, or this machine has no ipcrm: 56 bytes stay until it starts again.
  }
}

interface Segment {
  readonly key: string;
  readonly id: string;
}

function readSegment(dataFolder: string): Segment | null {
  try {
    const line = readFileSync(join(dataFolder, 'postmaster.pid'), 'latin1').split('\n')[6] ?? '';
    const [key, id] = line.trim().split(/\s+/);
    return key === undefined || id === undefined ? null : { key, id };
  } catch {
    return null;
  }
}

/** How many processes use it; -1 when there is no such segment. Where that cannot be read it is taken to be unused. */
function countAttached(segment: Segment): number {
  if (process.platform !== 'linux') return 0;
  try {
    const rows = readFileSync('/proc/sysvipc/shm', 'latin1')
      .split('\n')
      .map((row) => row.trim().split(/\s+/));
    // key shmid perms size cpid lpid nattch …
    const row = rows.find(([key, id]) => Number(key) >>> 0 === Number(segment.key) >>> 0 && id === segment.id);
    return row === undefined ? -1 : Number(row[6]);
  } catch {
    return -1;
  }
}
