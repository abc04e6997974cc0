import { Fault } from '@assay/contract';
import type { QueryArrayResult } from 'pg';
import type { ScratchDatabase } from '../ports.ts';
import { prepareScratch } from './arena.ts';
import { connect } from './connect.ts';

/** What became of one step: its rows as text, or how it ended. */
export interface StepResult {
  readonly outcome: 'ok' | 'waits' | `error ${string}`;
  readonly value: string;
}

interface Script {
  readonly setup: string;
  readonly steps: readonly Readonly<Record<string, string>>[];
}

type Connection = Awaited<ReturnType<typeof connect>>;

interface Session {
  readonly connection: Connection;
  /** The statements that have not ended, in turn. */
  pending: Promise<void>;
  busy: number;
}

let count = 0;

/**
 * Runs the steps of several sessions one after the other on a real PostgreSQL. A step that waits for another session's lock is left waiting, as
 * the server itself tells, and the next one runs. Throws the fault bad-question when the set-up does not run.
 */
export async function runIsolation(database: ScratchDatabase, script: Script): Promise<readonly StepResult[]> {
  await prepareScratch(database);
  count += 1;
  const schema = `steps${count}`;
  const first = await connect(database);
  const sessions = new Map<string, Session>();
  try {
    await first.client
      .query(`CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${script.setup}`)
      .catch((error: unknown) => {
        throw new Fault(
          'bad-question',
          `Its set-up does not run: ${error instanceof Error ? error.message : String(error)}.`,
        );
      });
    const waiting = new Set<StepResult>();
    const results: { -readonly [K in keyof StepResult]: StepResult[K] }[] = [];
    for (const step of script.steps) {
      const [name = 'A', statement = ''] = Object.entries(step)[0] ?? [];
      const session = sessions.get(name) ?? (await openSession(database, schema, sessions, name));
      const result: (typeof results)[number] = { outcome: 'ok', value: '' };
      results.push(result);
      let done = false;
      session.busy += 1;
      session.pending = session.pending.then(async () => {
        try {
          const answers: unknown = await session.connection.client.query({ text: statement, rowMode: 'array' });
          result.value = told(answers);
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? String(error.code) : '';
          result.outcome = `error ${code}`;
          result.value = `error ${code}`;
        }
        done = true;
        session.busy -= 1;
      });
      // Those that this step has let go on come to their end, or to the next lock, before the next step.
      for (const each of [session, ...sessions.values()]) await settled(first, each);
      if (!done) waiting.add(result);
    }
    return results.map((result) => (waiting.has(result) ? { outcome: 'waits', value: 'waits' } : result));
  } finally {
    for (const { connection } of sessions.values()) {
      await first.client.query(`SELECT pg_terminate_backend(${connection.pid})`).catch(() => undefined);
      await connection.close();
    }
    await first.client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`).catch(() => undefined);
    await first.close();
  }
}

async function openSession(
  database: ScratchDatabase,
  schema: string,
  sessions: Map<string, Session>,
  name: string,
): Promise<Session> {
  const connection = await connect(database);
  await connection.client.query(`SET search_path = ${schema}; SET lock_timeout = 0`);
  const session = { connection, pending: Promise.resolve(), busy: 0 };
  sessions.set(name, session);
  return session;
}

/** Resolves when the session has nothing left to do, or waits for another's lock, as the server says. A deadlock is waited for until it is broken. */
async function settled(watcher: Connection, session: Session): Promise<void> {
  const { pid } = session.connection;
  while (session.busy > 0) {
    const { rows } = await watcher.client.query<{ waits: string }>(
      `SELECT cardinality(pg_blocking_pids(${pid})) > 0 AND NOT EXISTS (SELECT FROM unnest(pg_blocking_pids(${pid})) other WHERE ${pid} = ANY (pg_blocking_pids(other))) AS waits`,
    );
    if (session.busy === 0 || rows[0]?.waits === 't') return;
    await Promise.race([session.pending, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
}

function told(answers: unknown): string {
  const last: unknown = Array.isArray(answers) ? answers.at(-1) : answers;
  return isResult(last) ? rowsText(last.rows, last.rowCount, last.fields.length) : '';
}

function isResult(value: unknown): value is QueryArrayResult<(string | null)[]> {
  return typeof value === 'object' && value !== null && 'rows' in value && 'fields' in value;
}

/** Rows one a line, values parted by commas; of a statement that returns none, how many it touched. */
export function rowsText(rows: readonly (readonly (string | null)[])[], count: number | null, columns: number): string {
  if (columns === 0) return count === null ? 'ok' : `${count}`;
  return rows.map((row) => row.map((value) => value ?? 'null').join(', ')).join('\n');
}
