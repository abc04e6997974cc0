import { createHmac } from 'node:crypto';
import { type Home, openHome, openStore, withLock } from '@assay/engine';
import type { PoolConfig } from 'pg';
import type { Configuration } from './configuration.ts';
import { findRunning } from './lock-file.ts';

export interface RunningServer {
  /** With the token: `http://127.0.0.1:4170/enter?token=…`. */
  readonly address: string;
  readonly port: number;
  /** Ends runs in order, answers what was asked, and stops the embedded database. */
  stop(): Promise<void>;
}

export type Log = false | { readonly level: string };

/** Another server works on the same data folder: it is the one to use. */
export class AlreadyRuns extends Error {
  readonly address: string;

  constructor(address: string) {
    super(`Assay runs already: ${address}`);
    this.name = 'AlreadyRuns';
    this.address = address;
  }
}

/** What undoes what was started, in the order in which it was. */
export type Undo = (() => Promise<unknown>)[];

/** Starts everything. Throws faults, and the signal's reason; what had been started by then is taken down. */
export async function startServer(
  configuration: Configuration,
  env: Readonly<Record<string, string | undefined>>,
  log: Log = false,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunningServer> {
  const home = openHome(env);
  const undo: Undo = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step().catch(() => undefined);
  };
  try {
    // Two that start at the same moment do so one after the other, so that the second finds the first.
    const started = await withLock(home, 'server', () => start(home, configuration, log, undo, signal), { signal });
    return { ...started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  home: Home,
  configuration: Configuration,
  log: Log,
  undo: Undo,
  signal: AbortSignal,
): Promise<Omit<RunningServer, 'stop'>> {
  const other = await findRunning(home);
  if (other !== null) throw new AlreadyRuns(addressOf(other.port, other.token));
  signal.throwIfAborted();
  const token = configuration.token ?? tokenOf(home);
  // PostgreSQL takes its time, and so does reading the rest of the server: they do so side by side.
  const opening = databaseOf(home, configuration, undo);
  // Whichever of the two fails first is told.
  const [{ serve }, database] = await Promise.all([import('./serve.ts'), opening]);
  signal.throwIfAborted();
  const port = await serve({ configuration, home, token }, database, log, undo);
  signal.throwIfAborted();
  return { address: addressOf(port, token), port };
}

function addressOf(port: number, token: string): string {
  return `http://127.0.0.1:${port}/enter?token=${token}`;
}

async function databaseOf(home: Home, { databaseUrl }: Configuration, undo: Undo): Promise<PoolConfig> {
  if (databaseUrl !== undefined) return { connectionString: databaseUrl };
  const store = await openStore(home);
  undo.push(() => store.close());
  return store.access;
}

/** The same each time, so that a page which is open goes on after the next start. */
function tokenOf(home: Home): string {
  return createHmac('sha256', home.secret).update('web token').digest('base64url');
}
