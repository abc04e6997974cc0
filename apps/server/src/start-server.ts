import { createHmac } from 'node:crypto';
import { Fault } from '@assay/contract';
import { type Home, openHome, openStore, withLock } from '@assay/engine';
import { type App, buildApp } from './app.ts';
import type { Configuration } from './configuration.ts';
import { type Connection, connect } from './database/connect.ts';
import { migrate } from './database/migrate.ts';
import { replay } from './features/replays/jobs.ts';
import { interruptReplays } from './features/replays/queries.ts';
import { FolderWatcher } from './features/runs/folder-watcher.ts';
import { judgeRun, recoverRuns, ServerStops } from './features/runs/jobs.ts';
import { prepareJobs, startWorker } from './jobs.ts';
import { announce, findRunning, forget } from './lock-file.ts';
import { Metrics } from './metrics.ts';
import { RunFeed } from './runner/run-feed.ts';

export interface RunningServer {
  /** With the token: `http://127.0.0.1:4170/enter?token=…`. */
  readonly address: string;
  readonly port: number;
  /** Ends runs in order, answers what was asked, and stops the embedded database. */
  stop(): Promise<void>;
}

/** Another server works on the same data folder: it is the one to use. */
export class AlreadyRuns extends Error {
  readonly address: string;

  constructor(address: string) {
    super(`Assay runs already: ${address}`);
    this.name = 'AlreadyRuns';
    this.address = address;
  }
}

type Undo = (() => Promise<unknown>)[];

/** Starts everything. Throws faults; what had been started by then is taken down. */
export async function startServer(
  configuration: Configuration,
  env: Readonly<Record<string, string | undefined>>,
  log: false | { readonly level: string } = false,
): Promise<RunningServer> {
  const home = openHome(env);
  const undo: Undo = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step().catch(() => undefined);
  };
  try {
    // Two that start at the same moment do so one after the other, so that the second finds the first.
    return await withLock(home, 'server', () => start(home, configuration, log, undo, stop));
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  home: Home,
  configuration: Configuration,
  log: false | { readonly level: string },
  undo: Undo,
  stop: () => Promise<void>,
): Promise<RunningServer> {
  const other = await findRunning(home);
  if (other !== null) throw new AlreadyRuns(`http://127.0.0.1:${other.port}/enter?token=${other.token}`);
  const token = configuration.token ?? tokenOf(home);
  const { db, pool } = await openDatabase(home, configuration, undo);
  const [feed, metrics] = [new RunFeed(), new Metrics()];
  const common = { configuration, home, db, feed, metrics, token };
  const watcher = new FolderWatcher(common);
  const app = await buildApp(common, log);
  undo.push(() => app.close());
  const worker = await startWorker(pool, {
    judge: async (id) => {
      await judgeRun(common, id);
      watcher.ended(id);
    },
    replay: (id) => replay(common, id),
  });
  undo.push(async () => {
    feed.stopAll(new ServerStops());
    await worker.stop();
  });
  await interruptReplays(db);
  await recoverRuns(db);
  await watcher.resume();
  undo.push(() => Promise.resolve(watcher.close()));
  const port = await listen(app, configuration);
  announce(home, { pid: process.pid, port, token });
  undo.push(() => Promise.resolve(forget(home)));
  return { address: `http://127.0.0.1:${port}/enter?token=${token}`, port, stop };
}

async function openDatabase(home: Home, configuration: Configuration, undo: Undo): Promise<Connection> {
  const { databaseUrl } = configuration;
  const config = databaseUrl === undefined ? await embedded(home, undo) : { connectionString: databaseUrl };
  const connection = connect(config);
  undo.push(() => connection.db.destroy());
  try {
    await migrate(connection.db);
    await prepareJobs(connection.pool);
  } catch (error) {
    if (error instanceof Fault) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new Fault('postgres-unavailable', `The database cannot be used: ${what}.`, undefined, { cause: error });
  }
  return connection;
}

async function embedded(home: Home, undo: Undo) {
  const store = await openStore(home);
  undo.push(() => store.close());
  return store.access;
}

/** The same each time, so that a page which is open goes on after the next start. */
function tokenOf(home: Home): string {
  return createHmac('sha256', home.secret).update('web token').digest('base64url');
}

/** Throws the fault `bad-usage` when the port is taken. */
async function listen(app: App, { host, port }: Configuration): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EADDRINUSE')
      throw new Fault(
        'bad-usage',
        `Port ${port} is taken by another program.`,
        'Set PORT to another one, or to 0 for any.',
      );
    if (code === 'EACCES')
      throw new Fault('bad-usage', `Port ${port} may not be used by this user.`, 'Set PORT to 1024 or more.');
    throw error;
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
