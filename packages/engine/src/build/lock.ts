import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '@assay/contract';

export type LockKind = 'build' | 'dependencies';

const betweenTriesMs = 25;

/**
 * Holds a lock that other processes see while `work` runs. It is the operating system's lock on a small file, taken through SQLite because
 * Node.js has no call for it: it ends with the process that holds it, however that ends, so no lock is ever stale.
 *
 * Files are shared by hash (256 for each kind), so that their number is bounded; two names that share one only wait for each other.
 */
export async function withLock<T>(
  folder: string,
  kind: LockKind,
  name: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const database = open(folder, kind, name);
  try {
    while (!tryLock(database)) {
      if (signal.aborted)
        throw new Fault('interrupted', 'The build was interrupted while it waited for another Assay.');
      await sleep(betweenTriesMs);
    }
    return await work();
  } finally {
    database.close();
  }
}

/** Runs `work` when nobody holds the lock; otherwise does nothing. */
export async function ifUnlocked(
  folder: string,
  kind: LockKind,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  const database = open(folder, kind, name);
  try {
    if (tryLock(database)) await work();
  } finally {
    database.close();
  }
}

function open(folder: string, kind: LockKind, name: string): DatabaseSync {
  mkdirSync(folder, { recursive: true });
  const bucket = createHash('sha256').update(name).digest('hex').slice(0, 2);
  return new DatabaseSync(join(folder, `${kind}-${bucket}.lock`), { timeout: 0 });
}

const busy = 5;

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return false;
    throw error;
  }
}
