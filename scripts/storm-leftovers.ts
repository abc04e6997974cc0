import { existsSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { entries, type Leftovers, leftoversOf, read } from '../apps/cli/src/e2e/leftovers.ts';
import { templatePrefix } from '../packages/engine/src/database/names.ts';
import type { DatabaseServer } from '../packages/engine/src/database/server.ts';
import { socketFolder } from '../packages/engine/src/database/socket-folder.ts';
import type { Home } from '../packages/engine/src/home/home.ts';
import { isRunning } from '../packages/engine/src/home/process-identity.ts';

/** What Assays that were killed may not leave behind once another has started, and all have ended. Linux only. */
export interface StormLeftovers extends Leftovers {
  /** Where those processes listen. */
  readonly ports: readonly string[];
  /** Sockets of PostgreSQL; its folder of them goes with it. */
  readonly sockets: readonly string[];
  /** Builds and dependencies without the mark of a whole one, and attempts beside the one that counts. */
  readonly halfBuilt: readonly string[];
  /** Tickets of locks, and users of the server that are none. */
  readonly locks: readonly string[];
}

/** @param pids of the Assays that were started */
export function stormLeftovers(home: Home, pids: ReadonlySet<number>): StormLeftovers {
  const known = leftoversOf(home.root);
  const processes = [...new Set([...known.processes, ...startedBy(pids)])];
  return {
    folders: known.folders,
    processes,
    ports: processes.flatMap((line) => portsOf(line.split(' ')[0] ?? '')),
    sockets: existsSync(socketFolder(home)) ? [socketFolder(home)] : [],
    halfBuilt: [...halfBuilt(path.join(home.cache, 'builds')), ...halfInstalled(path.join(home.cache, 'dependencies'))],
    locks: [...files(path.join(home.root, 'locks')), ...entries(path.join(home.postgres, 'users'))],
  };
}

/** The databases of a data folder's server, but for PostgreSQL's own and the templates that are kept. */
export async function databasesOf(home: Home, server: DatabaseServer): Promise<readonly string[]> {
  const rows = await server.administer('SELECT datname AS name FROM pg_database ORDER BY 1');
  return rows
    .map((row) => String(row['name']))
    .filter((name) => !/^(postgres|template[01])$/.test(name) && !name.startsWith(templatePrefix(home)));
}

/** Processes that carry the mark of one of these Assays, which has ended: the pid of one that lives may be in use again. */
function startedBy(pids: ReadonlySet<number>): readonly string[] {
  return entries('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const [, owner, start = ''] = /(?:^|\0)ASSAY_OWNER=(\d+)-(\d+)-/.exec(read(`/proc/${pid}/environ`)) ?? [];
    if (owner === undefined || !pids.has(Number(owner)) || isRunning({ pid: Number(owner), start })) return [];
    return [`${pid} ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`];
  });
}

/** The TCP ports that a process listens on, in its own network. */
function portsOf(pid: string): readonly string[] {
  const sockets = new Set(entries(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6'].flatMap((table) =>
    read(`/proc/${pid}/net/${table}`)
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(`socket:[${inode}]`))
      .map(([, address = '']) => `${pid} ${Number.parseInt(address.split(':')[1] ?? '', 16)}`),
  );
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

function halfBuilt(folder: string): readonly string[] {
  const names = new Set(entries(folder));
  return [...names]
    .filter((name) => !name.endsWith('.json') && !names.has(`${name}.json`))
    .map((name) => path.join(folder, name));
}

function halfInstalled(folder: string): readonly string[] {
  const whole = entries(folder).filter((name) => name.endsWith('.json'));
  return [
    ...halfBuilt(folder),
    ...whole.flatMap((marker) => {
      const counts = /"folder":\s*"([^"]+)"/.exec(read(path.join(folder, marker)))?.[1];
      const attempts = path.join(folder, marker.slice(0, -'.json'.length));
      return entries(attempts)
        .filter((name) => name !== counts)
        .map((name) => path.join(attempts, name));
    }),
  ];
}

/** Of the folders in it: a lock's folder stays, what is in it does not. */
function files(folder: string): readonly string[] {
  return entries(folder).flatMap((name) =>
    entries(path.join(folder, name)).map((file) => path.join(folder, name, file)),
  );
}
