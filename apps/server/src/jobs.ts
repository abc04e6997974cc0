import { Logger, makeWorkerUtils, run, type Runner, type TaskList } from 'graphile-worker';
import { type Kysely, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Tables } from './database/tables.ts';

/** Work that is done apart from requests, one piece after the other of each kind. */
export type JobName = 'judge' | 'replay' | 'mark';

export interface Worker {
  stop(): Promise<void>;
}

/** Where the worker keeps its jobs. */
const schema = 'assay_jobs';

/** Makes the tables of jobs, and frees what a killed server had begun. */
export async function prepareJobs(pool: Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: pool, schema, logger: quiet });
  try {
    await utils.migrate();
    const { rows } = await pool.query<{ worker: string }>(
      `SELECT DISTINCT locked_by AS worker FROM ${schema}.jobs WHERE locked_by IS NOT NULL`,
    );
    if (rows.length > 0) await utils.forceUnlockWorkers(rows.map(({ worker }) => worker));
  } finally {
    await utils.release();
  }
}

/** Begins to work. */
export async function startWorker(
  pool: Pool,
  tasks: Readonly<Record<JobName, (id: string) => Promise<void>>>,
): Promise<Worker> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, work]) => [
      name,
      async (payload: unknown): Promise<void> => {
        if (typeof payload === 'object' && payload !== null && 'id' in payload) await work(String(payload.id));
      },
    ]),
  );
  const runner: Runner = await run({
    pgPool: pool,
    schema,
    taskList,
    // A run and a replay may go on side by side; runs among themselves are one after the other.
    concurrency: 2,
    // New jobs are told by NOTIFY; this is for one that was missed.
    pollInterval: 30_000,
    noHandleSignals: true,
    logger: quiet,
  });
  runner.promise.catch(() => undefined);
  return { stop: () => runner.stop().catch(() => undefined) };
}

/** Queues a job in the transaction that makes what it is for: there is never one without the other. */
export async function addJob(db: Kysely<Tables>, task: JobName, id: string): Promise<void> {
  await sql`SELECT ${jobAdded(task, id)}`.execute(db);
}

/** The same as a part of the statement that makes it. */
export function jobAdded(task: JobName, id: string) {
  return sql`${sql.raw(schema)}.add_job(${task}, json_build_object('id', ${id}::text), ${task}, max_attempts => 1)`;
}

const quiet = new Logger(() => () => undefined);
