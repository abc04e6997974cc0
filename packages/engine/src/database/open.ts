import { setTimeout as pause } from 'node:timers/promises';
import type { Home } from '../home/home.ts';
import { withLock } from '../home/lock.ts';
import { Fault } from '@assay/contract';
import { type Access, embeddedAccess, ownAccess, ownFault } from './access.ts';
import { Administration } from './administration.ts';
import { closeServer, ensureServer } from './cluster.ts';
import { type DatabaseServer, SharedServer } from './server.ts';
import { readLog } from './server-process.ts';
import { addUser, listUsers, removeUser } from './users.ts';

export interface OpenOptions {
  readonly signal?: AbortSignal;
  /** Told what takes long, in words. */
  readonly log?: (line: string) => void;
  /** The DATABASE_URL that Assay itself was given: that server is used in place of the embedded one. */
  readonly ownServer?: string | undefined;
  /** How long to wait for another Assay that is starting or stopping the server. Default 60 s. */
  readonly lockTimeoutMs?: number;
}

/** How many templates stay between runs. */
const keptTemplates = 8;

/**
 * Opens the PostgreSQL of this data folder, and starts it when no other Assay uses it yet. Throws `postgres-unavailable`,
 * `data-folder-locked`, `data-folder-unusable`.
 */
export async function openDatabaseServer(home: Home, options: OpenOptions = {}): Promise<DatabaseServer> {
  return options.ownServer === undefined || options.ownServer === ''
    ? openEmbedded(home, options)
    : openOwn(home, options.ownServer);
}

async function openEmbedded(home: Home, options: OpenOptions): Promise<DatabaseServer> {
  const lock = {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.lockTimeoutMs === undefined ? {} : { timeoutMs: options.lockTimeoutMs }),
  };
  const entry = await withLock(home, 'postgres', () => join(home, options), lock);
  const leave = () => withLock(home, 'postgres', () => leaveEmbedded(home, entry));
  const administration = new Administration(home, embeddedAccess(home));
  try {
    const version = await firstAnswer(administration, () =>
      withLock(home, 'postgres', () => ensureServer(home, options.signal, options.log ?? ignore), lock),
    );
    await administration.dropAbandoned();
    return new SharedServer(home, embeddedAccess(home), administration, version, async () => {
      await administration.close();
      await leave();
    });
  } catch (error) {
    await administration.close();
    await leave();
    if (error instanceof Fault) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new Fault(
      'postgres-unavailable',
      `PostgreSQL was started but cannot be used: ${what}.\n${readLog(home)}`,
      undefined,
      { cause: error },
    );
  }
}

/** A server that was killed may still look alive for a moment: then it is made sure of again. */
async function firstAnswer(administration: Administration, ensure: () => Promise<unknown>): Promise<string> {
  const deadline = performance.now() + 5000;
  for (;;) {
    try {
      return await readVersion(administration);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(50);
      await ensure();
    }
  }
}

function ignore(): void {}

/** Under the lock: registers this process and makes sure that the server runs. */
async function join(home: Home, options: OpenOptions): Promise<string> {
  // Registered first: killed after this, it is seen as a dead user and swept with what it started.
  const entry = addUser(home);
  try {
    await ensureServer(home, options.signal, options.log ?? ignore);
    return entry;
  } catch (error) {
    removeUser(home, entry);
    throw error;
  }
}

/** Under the lock: the last one to leave stops the server. */
async function leaveEmbedded(home: Home, entry: string): Promise<void> {
  const others = listUsers(home).living.filter((other) => other !== entry);
  if (others.length === 0) {
    const administration = new Administration(home, embeddedAccess(home));
    try {
      await administration.dropAbandoned();
      await administration.dropOldTemplates(keptTemplates);
    } catch {
      // The server has gone: what it left is thrown away.
    } finally {
      await administration.close();
    }
    await closeServer(home);
    for (const dead of listUsers(home).dead) removeUser(home, dead);
  }
  removeUser(home, entry);
}

async function openOwn(home: Home, url: string): Promise<DatabaseServer> {
  const access = ownAccess(url);
  const administration = new Administration(home, access);
  try {
    const version = await readVersion(administration);
    await checkRights(access, administration);
    await administration.dropAbandoned();
    return new SharedServer(home, access, administration, version, () => administration.close());
  } catch (error) {
    await administration.close();
    if (error instanceof Fault) throw error;
    throw ownFault(
      `${access.host}:${access.port} says: ${error instanceof Error ? error.message || error.name : String(error)}`,
      error,
    );
  }
}

async function checkRights(access: Access, administration: Administration): Promise<void> {
  const [role] = await administration.run(
    'make',
    'SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user',
  );
  if (role?.['may'] !== true) {
    throw new Fault(
      'postgres-unavailable',
      `DATABASE_URL cannot be used: the role "${access.user}" may not create databases, and Assay needs a fresh one for each instance.`,
      `Run ALTER ROLE "${access.user}" CREATEDB on that server, or unset DATABASE_URL to use the PostgreSQL that comes with Assay.`,
    );
  }
}

async function readVersion(administration: Administration): Promise<string> {
  const [row] = await administration.run('make', 'SHOW server_version');
  return String(row?.['server_version'] ?? '');
}
