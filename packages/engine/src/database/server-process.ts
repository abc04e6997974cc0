import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@assay/contract';
import { touching } from '../home/folder-fault.ts';
import type { Home } from '../home/home.ts';
import { findProcess, isRunning, type ProcessIdentity } from '../home/process-identity.ts';
import { commandLine, listProcesses } from '../home/process-list.ts';
import type { Account } from './account.ts';
import { homeId } from './names.ts';
import { openSocketFolder, postgresPort, socketFolder } from './socket-folder.ts';

/**
 * Nothing here needs to outlive the machine, so nothing is synced. What a statement does and when others see it is as anywhere
 * else; autovacuum stays on for the same reason.
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  // Two backends that take all they may leave some for the others, and for who asks on Assay's behalf.
  max_connections: '1000',
  superuser_reserved_connections: '20',
  reserved_connections: '40',
  // For a session. No backend may raise it.
  temp_file_limit: '2GB',
  shared_buffers: '64MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  wal_init_zero: 'off',
  checkpoint_timeout: '30min',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  huge_pages: 'off',
  jit: 'off',
  // Shared memory that ends with the data folder, and no need for /dev/shm.
  dynamic_shared_memory_type: 'mmap',
  update_process_title: 'off',
  track_io_timing: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic',
  logging_collector: 'off',
};

export function dataFolder(home: Home): string {
  return join(home.postgres, 'data');
}

export function logFile(home: Home): string {
  return join(home.postgres, 'server.log');
}

/** The last lines that the server or initdb printed. */
export function readLog(home: Home, lines = 12): string {
  try {
    return readFileSync(logFile(home), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** Starts PostgreSQL on the data folder and waits until it takes connections. It outlives this process. @param otherwise settings in place of the usual ones. */
export async function startServer(
  home: Home,
  binaries: string,
  account: Account | null,
  signal?: AbortSignal,
  otherwise: Readonly<Record<string, string>> = {},
): Promise<ProcessIdentity> {
  const socket = openSocketFolder(home, account);
  const flags = Object.entries({ ...settings, ...otherwise, cluster_name: clusterName(home) }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  const log = touching(logFile(home), () => openSync(logFile(home), 'w', 0o600));
  try {
    const child = spawn(
      join(binaries, 'bin', 'postgres'),
      ['-D', dataFolder(home), '-k', socket, '-p', String(postgresPort), ...flags],
      {
        cwd: '/',
        detached: true,
        stdio: ['ignore', log, log],
        // Without ASSAY_OWNER: it is not this process's own.
        env: cleanEnvironment(),
        ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
      },
    );
    let ended: string | null = null;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code, by) => (ended = by === null ? `it ended with status ${code}` : `it was ended by ${by}`));
    child.unref();
    const identity = child.pid === undefined ? null : findProcess(child.pid);
    const deadline = performance.now() + 30_000;
    while (!isReady(home, child.pid)) {
      await pause(2);
      if (ended === null && performance.now() > deadline) ended = 'it takes no connections after 30 s';
      if (ended !== null || signal?.aborted) {
        child.kill('SIGKILL');
        signal?.throwIfAborted();
        throw startFault(home, ended ?? '');
      }
    }
    return { pid: child.pid ?? 0, start: identity?.start ?? '' };
  } finally {
    closeSync(log);
  }
}

export function cleanEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** Titles of its processes start with this: `postgres: assay-1a2b3c: checkpointer`. */
function clusterName(home: Home): string {
  return `assay-${homeId(home)}`;
}

function startFault(home: Home, what: string): Fault {
  const log = readLog(home);
  return log.includes('No space left on device')
    ? new Fault(
        'data-folder-unusable',
        `The disk is full: PostgreSQL in ${home.postgres} does not start.\n${log}`,
        'Free some space, or set ASSAY_HOME to a folder on another disk.',
      )
    : new Fault('postgres-unavailable', `PostgreSQL does not start: ${what}.${log === '' ? '' : `\n${log}`}`);
}

/** The eighth line of postmaster.pid is where PostgreSQL itself says so. */
function isReady(home: Home, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(dataFolder(home), 'postmaster.pid'), 'latin1').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** Ends the server and waits for it; true when it ended by itself, with its data in order. */
export async function stopServer(home: Home, server: ProcessIdentity, how: 'orderly' | 'at-once'): Promise<boolean> {
  const signal = how === 'orderly' ? 'SIGINT' : 'SIGQUIT';
  if (isRunning(server)) process.kill(server.pid, signal);
  const deadline = performance.now() + (how === 'orderly' ? 10_000 : 3000);
  while (isRunning(server) && performance.now() < deadline) await pause(2);
  const inOrder = how === 'orderly' && !isRunning(server);
  const strays = await killServerProcesses(home);
  rmSync(socketFolder(home), { recursive: true, force: true });
  return inOrder && !strays;
}

/**
 * Kills whatever runs on this data folder, also what a killed postmaster left. Told by the command line, which everybody may
 * read; root in a container may read no more of another user's process. True when there was something.
 */
export async function killServerProcesses(home: Home): Promise<boolean> {
  let found = false;
  for (let round = 0; round < 200; round += 1) {
    const pids = listProcesses().filter((pid) => isServerProcess(home, commandLine(pid)) && findProcess(pid) !== null);
    if (pids.length === 0) return found;
    found = true;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has gone, or is not ours.
      }
    }
    await pause(5);
  }
  throw new Fault('postgres-unavailable', `Processes of a PostgreSQL on ${dataFolder(home)} will not die.`);
}

/** By its title, or by where its program stands: the server, initdb, and what initdb starts. */
function isServerProcess(home: Home, line: string): boolean {
  return line.startsWith(`postgres: ${clusterName(home)}:`) || line.startsWith(join(home.postgres, 'binaries-'));
}
