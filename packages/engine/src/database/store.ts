import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@assay/contract';
import { folderFault } from '../home/folder-fault.ts';
import type { Home } from '../home/home.ts';
import { withLock } from '../home/lock.ts';
import { isRunning } from '../home/process-identity.ts';
import { embeddedAccess } from './access.ts';
import { findAccount } from './account.ts';
import { findPostgresPackage, installBinaries } from './binaries.ts';
import { findServer, initialise, rememberServer } from './cluster.ts';
import { dataFolder, killServerProcesses, startServer, stopServer } from './server-process.ts';

/*
 * The PostgreSQL that keeps what must not be lost: runs, settings. It is another server than the one for backends, which is thrown away
 * whenever it was not stopped in order: this one syncs what it commits, and recovers after a crash as any PostgreSQL does.
 */

/** How to connect to it, as `pg` takes it. */
export interface StoreAccess {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface Store {
  readonly access: StoreAccess;
  /** Stops it in order. */
  close(): Promise<void>;
}

const durable: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  reserved_connections: '0',
  temp_file_limit: '-1',
  shared_buffers: '64MB',
};

/** How often it is looked whether the server still runs. Milliseconds. */
const watchEveryMs = 500;

/**
 * Opens the store of this data folder, starts it when it does not run, and starts it again whenever it was killed. With
 * a signal, until that aborts. Throws `postgres-unavailable`, `data-folder-unusable`.
 */
export async function openStore(home: Home, signal?: AbortSignal): Promise<Store> {
  const place = storeHome(home);
  await ensure(home, place, signal);
  const closing = new AbortController();
  const watching = signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
  void keepRunning(home, place, watching);
  return {
    access: embeddedAccess(place),
    close: async () => {
      closing.abort();
      await withLock(home, 'store', async () => {
        const server = findServer(place);
        if (server !== null && isRunning(server)) await stopServer(place, server, 'orderly');
      });
    },
  };
}

async function keepRunning(home: Home, place: Home, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    await pause(watchEveryMs, undefined, { ref: false });
    if (closing.aborted || findServer(place) !== null) continue;
    // What keeps it from starting (a full disk) may pass: it is tried again.
    await ensure(home, place, closing).catch(() => undefined);
  }
}

function ensure(home: Home, place: Home, signal?: AbortSignal): Promise<void> {
  return withLock(
    home,
    'store',
    async () => {
      if (findServer(place) !== null) return;
      await killServerProcesses(place);
      const account = findAccount();
      const source = findPostgresPackage();
      const binaries = await installBinaries(place, source);
      const made = versionOf(place);
      if (made === null) {
        await initialise(place, binaries, account, signal, () => undefined, 'durable');
        writeFileSync(wholeFile(place), source.version, { mode: 0o600 });
      } else if (made !== majorOf(source.version)) throw otherVersion(place, made, majorOf(source.version));
      else rmSync(join(dataFolder(place), 'postmaster.pid'), { force: true });
      rememberServer(place, await startServer(place, binaries, account, signal, durable));
    },
    signal === undefined ? {} : { signal },
  );
}

/** The same data folder, seen as that of another server: with names, passwords and a place of its own. */
function storeHome(home: Home): Home {
  const place = join(home.exposed, 'store');
  try {
    mkdirSync(place, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    throw folderFault(place, error);
  }
  return { ...home, postgres: place, secret: createHash('sha256').update(`store ${home.secret}`).digest('hex') };
}

/** The major version that made the data; null when there is none, or not all of it. */
function versionOf(place: Home): string | null {
  if (!existsSync(wholeFile(place))) return null;
  try {
    return readFileSync(join(dataFolder(place), 'PG_VERSION'), 'utf8').trim();
  } catch {
    return null;
  }
}

/** Written when the data folder is whole: Assay may be killed while it is made. */
function wholeFile(place: Home): string {
  return join(place.postgres, 'whole');
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? version;
}

function otherVersion(place: Home, made: string, ours: string): Fault {
  const newer = Number(made) > Number(ours);
  return new Fault(
    'postgres-unavailable',
    `The data in ${place.postgres} was made by PostgreSQL ${made}, and this Assay brings PostgreSQL ${ours}.`,
    newer
      ? 'Use the newer Assay that made it, or set ASSAY_HOME to another folder.'
      : 'Export it with the Assay that made it, or set ASSAY_HOME to another folder.',
  );
}
