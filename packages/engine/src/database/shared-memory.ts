import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A killed postmaster leaves its System V segment behind, and a machine has only so many. The seventh line of postmaster.pid
 * names it: `key id`. Removed only when no process is attached, so that a wrong id does no harm.
 */
export function removeSharedMemory(dataFolder: string): void {
  try {
    const line = readFileSync(join(dataFolder, 'postmaster.pid'), 'latin1').split('\n')[6] ?? '';
    const [key, id] = line.trim().split(/\s+/);
    if (key === undefined || id === undefined || !isUnattached(key, id)) return;
    execFileSync('ipcrm', ['-m', id], { stdio: 'ignore' });
  } catch {
    // No such file, or no such segment any more.
  }
}

function isUnattached(key: string, id: string): boolean {
  if (process.platform !== 'linux') return true;
  const rows = readFileSync('/proc/sysvipc/shm', 'latin1')
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  // key shmid perms size cpid lpid nattch …
  return rows.some((row) => Number(row[0]) >>> 0 === Number(key) >>> 0 && row[1] === id && row[6] === '0');
}
