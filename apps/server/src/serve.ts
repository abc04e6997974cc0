import { Fault } from '@assay/contract';
import type { PoolConfig } from 'pg';
import { type App, buildApp } from './app.ts';
import type { Configuration } from './configuration.ts';
import { type Connection, connect } from './database/connect.ts';
import { migrate } from './database/migrate.ts';
import { recoverAttempts } from './features/practice/attempt-queries.ts';
import { markAttempt } from './features/practice/attempts.ts';
import { Practice } from './features/practice/practice.ts';
import { replay } from './features/replays/jobs.ts';
import { interruptReplays } from './features/replays/queries.ts';
import { FolderWatcher } from './features/runs/folder-watcher.ts';
import { judgeRun, recoverRuns, ServerStops } from './features/runs/jobs.ts';
import { prepareJobs, startWorker } from './jobs.ts';
import { announce, forget } from './lock-file.ts';
import { Metrics } from './metrics.ts';
import { RunFeed } from './runner/run-feed.ts';
import type { Services } from './services.ts';
import type { Log, Undo } from './start-server.ts';

/** Everything that stands on the database: the worker, the routes, the port. Returns the port. Throws faults. */
export async function serve(
  settings: Pick<Services, 'configuration' | 'home' | 'token'>,
  database: PoolConfig,
  log: Log,
  undo: Undo,
): Promise<number> {
  const { configuration, home, token } = settings;
  const { db, pool } = await openDatabase(database, undo);
  const feed = new RunFeed();
  const practice = new Practice(home, configuration);
  undo.push(() => practice.close());
  const common: Services = { ...settings, db, feed, practice, metrics: new Metrics() };
  const watcher = new FolderWatcher(common);
  const app = await buildApp(common, log);
  undo.push(() => app.close());
  const worker = await startWorker(pool, {
    judge: async (id) => {
      const since = await watcher.begins(id);
      await judgeRun(common, id);
      watcher.ended(id, since);
    },
    replay: (id) => replay(common, id),
    mark: (id) => markAttempt(common, id),
  });
  undo.push(async () => {
    feed.stopAll(new ServerStops());
    await worker.stop();
  });
  await interruptReplays(db);
  await recoverAttempts(db);
  await recoverRuns(db);
  await watcher.resume();
  undo.push(() => Promise.resolve(watcher.close()));
  const port = await listen(app, configuration);
  // By the time somebody practises, the questions are read; whoever comes for something else does not wait for that.
  const reading = setTimeout(() => void practice.questions(), 2000);
  undo.push(() => Promise.resolve(clearTimeout(reading)));
  announce(home, { pid: process.pid, port, token });
  undo.push(() => Promise.resolve(forget(home)));
  return port;
}

async function openDatabase(config: PoolConfig, undo: Undo): Promise<Connection> {
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
