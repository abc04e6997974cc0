import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '@assay/contract';
import { touching } from '../home/folder-fault.ts';
import type { Home } from '../home/home.ts';
import { createOwnedFolder } from '../home/owned-folder.ts';
import { ownerMarker } from '../home/owner.ts';
import { bootIdentity, isRunning, type ProcessIdentity } from '../home/process-identity.ts';
import { removeTree } from '../home/remove-tree.ts';
import { type Account, findAccount } from './account.ts';
import { findPostgresPackage, installBinaries } from './binaries.ts';
import { passwordOf } from './names.ts';
import {
  cleanEnvironment,
  dataFolder,
  killServerProcesses,
  logFile,
  startServer,
  stopServer,
} from './server-process.ts';
import { removeSharedMemory } from './shared-memory.ts';

/*
 * The life of the data folder. It holds nothing that cannot be made again, and making it takes less than a second: it is used
 * again only when PostgreSQL was stopped in order, since the machine started; else it is made afresh. So there is no recovery
 * to wait for, and nothing that a crash of the machine could have corrupted. Everything here runs under the lock `postgres`.
 */

export const administrator = 'assay';

const execute = promisify(execFile);

/** Makes sure that the server runs. */
export async function ensureServer(
  home: Home,
  signal: AbortSignal | undefined,
  log: (line: string) => void,
): Promise<ProcessIdentity> {
  const running = findServer(home);
  if (running !== null) return running;
  await killServerProcesses(home);
  const source = findPostgresPackage();
  const account = findAccount();
  const binaries = await installBinaries(home, source);
  if (!isInOrder(home, source.version)) await initialise(home, binaries, account, signal, log);
  rmSync(orderFile(home), { force: true });
  const server = await startServer(home, binaries, account, signal);
  rememberServer(home, server);
  return server;
}

export function rememberServer(home: Home, server: ProcessIdentity): void {
  writeWhole(serverFile(home), JSON.stringify({ ...server, boot: bootIdentity() }));
}

/** The server that runs, or null. */
export function findServer(home: Home): ProcessIdentity | null {
  const server = readJson(serverFile(home));
  if (typeof server !== 'object' || server === null || !('pid' in server) || !('start' in server)) return null;
  if (!('boot' in server) || server.boot !== bootIdentity()) return null;
  const identity = { pid: Number(server.pid), start: String(server.start) };
  return isRunning(identity) ? identity : null;
}

/** Stops the server in order and keeps the data folder; what could not be stopped in order is thrown away. */
export async function closeServer(home: Home): Promise<void> {
  const server = findServer(home);
  const inOrder = server !== null && (await stopServer(home, server, 'orderly'));
  if (inOrder) writeWhole(orderFile(home), order(findPostgresPackage().version));
  else await discardServer(home);
  rmSync(serverFile(home), { force: true });
}

/** Stops whatever runs and removes the data folder, databases and all. True when there was anything. */
export async function discardServer(home: Home): Promise<boolean> {
  const server = findServer(home);
  if (server !== null) await stopServer(home, server, 'at-once');
  const killed = await killServerProcesses(home);
  const had = server !== null || killed || existsSync(dataFolder(home));
  await removeSharedMemory(dataFolder(home));
  await removeTree(dataFolder(home));
  rmSync(serverFile(home), { force: true });
  return had;
}

/** False when the data folder was not left in order: its server was killed, or the machine has started again since. */
export function isLeftInOrder(home: Home): boolean {
  return existsSync(orderFile(home));
}

/** Makes the data folder afresh. @param kind `durable`: for a server whose data must survive a crash. */
export async function initialise(
  home: Home,
  binaries: string,
  account: Account | null,
  signal: AbortSignal | undefined,
  log: (line: string) => void,
  kind: 'throw-away' | 'durable' = 'throw-away',
): Promise<void> {
  log('Preparing PostgreSQL');
  const data = dataFolder(home);
  await removeSharedMemory(data);
  await removeTree(data);
  const secrets = createOwnedFolder(home.postgres);
  try {
    touching(data, () => {
      mkdirSync(data, { mode: 0o700 });
      writeFileSync(join(secrets, 'password'), passwordOf(home, administrator), { mode: 0o600 });
      if (account !== null)
        for (const path of [data, secrets, join(secrets, 'password')]) chownSync(path, account.uid, account.gid);
    });
    const encoding = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    const auth = ['--auth=scram-sha-256', `--username=${administrator}`, `--pwfile=${join(secrets, 'password')}`];
    const quick = [
      ...(kind === 'durable' ? [] : ['--no-sync', '--no-data-checksums']),
      '--no-instructions',
      '--wal-segsize=4',
      '--set=dynamic_shared_memory_type=mmap',
    ];
    await execute(join(binaries, 'bin', 'initdb'), ['-D', data, ...encoding, ...auth, ...quick], {
      cwd: '/',
      env: { ...cleanEnvironment(), ...ownerMarker() },
      ...(signal === undefined ? {} : { signal }),
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    await removeTree(data).catch(() => undefined);
    throw initialiseFault(home, binaries, error);
  } finally {
    await removeTree(secrets).catch(() => undefined);
  }
}

function initialiseFault(home: Home, binaries: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const text = (output.trim() || (error instanceof Error ? error.message : String(error)))
    .split('\n')
    .slice(-12)
    .join('\n');
  writeFileSync(logFile(home), text, { mode: 0o600 });
  if (text.includes('No space left on device')) {
    return new Fault(
      'data-folder-unusable',
      `The disk is full: PostgreSQL cannot be set up in ${home.postgres}.\n${text}`,
      'Free some space, or set ASSAY_HOME to a folder on another disk.',
    );
  }
  const remedy = remedyFor(text, binaries);
  // A copy that a crash of the machine has damaged would never work again.
  if (remedy === undefined) rmSync(binaries, { recursive: true, force: true });
  return new Fault('postgres-unavailable', `PostgreSQL cannot be set up: initdb failed.\n${text}`, remedy, {
    cause: error,
  });
}

/** What to do where it is the user or the folder that initdb stumbles over; undefined otherwise. */
function remedyFor(text: string, binaries: string): string | undefined {
  if (/could not look up effective user ID/.test(text))
    return 'PostgreSQL wants a user that has a name: add an entry for this one to /etc/passwd, or run Assay as another.';
  // initdb hands its own path to a shell in double quotes.
  if (/["$`\\]/.test(binaries))
    return 'Set ASSAY_HOME to a folder whose path has none of the characters " $ ` \\ in it: PostgreSQL cannot be set up there.';
  return undefined;
}

function isInOrder(home: Home, version: string): boolean {
  try {
    return readFileSync(orderFile(home), 'utf8') === order(version) && existsSync(join(dataFolder(home), 'PG_VERSION'));
  } catch {
    return false;
  }
}

/** What must be the same for a data folder to be used again. */
function order(version: string): string {
  return createHash('sha256').update(`${version} ${bootIdentity()}`).digest('hex');
}

function orderFile(home: Home): string {
  return join(home.postgres, 'in-order');
}

function serverFile(home: Home): string {
  return join(home.postgres, 'server.json');
}

function writeWhole(path: string, text: string): void {
  touching(path, () => {
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return null;
  }
}
