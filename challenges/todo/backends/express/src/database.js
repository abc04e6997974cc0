import { readFile } from 'node:fs/promises';
import pg from 'pg';

export function createDatabase(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 5000 });
  // The pool drops a connection that breaks while idle; without a listener the process would end.
  pool.on('error', (error) => console.error('an idle connection broke:', error.message));
  return pool;
}

/** Safe to run at every start, and at several starts at once: the script takes a lock. */
export async function createTables(pool) {
  await pool.query(await readFile(new URL('schema.sql', import.meta.url), 'utf8'));
}

/** Runs `work` in one transaction and returns its result once that is committed. */
export async function inTransaction(pool, work) {
  const client = await pool.connect();
  const ignore = () => {}; // A broken connection also rejects the query in flight.
  client.on('error', ignore);
  let broken;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}
