import { readFile } from 'node:fs/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

export function openDatabase(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 10_000 });
  // A lost connection emits `error` on its client, and on the pool when it was idle; unheard, either would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => console.error(`idle database connection lost: ${error.message}`));
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** Creates what is missing. The lock lets several servers start at once. */
export async function migrate(db) {
  const schema = await readFile(new URL('schema.sql', import.meta.url), 'utf8');
  await db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(20240229)`.execute(trx);
    await sql.raw(schema).execute(trx);
  });
}

/** What the constraint that an error tells of means to the client: `{ constraint or code: problem }`. Any other error stays as it is. */
export async function refusing(meanings, work) {
  try {
    return await work();
  } catch (error) {
    const problem = meanings[error.constraint] ?? meanings[error.code];
    throw problem === undefined ? error : problem();
  }
}

export const foreignKeyViolation = '23503';
