import { readFile } from 'node:fs/promises';
import pg from 'pg';

export function createPool(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 10_000 });
  // A lost connection emits `error` on its client, and on the pool when it was idle; unheard, either would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => console.error(`idle database connection lost: ${error.message}`));
  return pool;
}

/** Creates what is missing. The lock lets several servers start at once. */
export async function migrate(pool) {
  const schema = await readFile(new URL('schema.sql', import.meta.url), 'utf8');
  await transaction(pool, async (db) => {
    await db.query('SELECT pg_advisory_xact_lock(20240229)');
    await db.query(schema);
  });
}

export async function transaction(pool, work) {
  const client = await pool.connect();
  let broken;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError) => (broken = rollbackError));
    throw error;
  } finally {
    client.release(broken);
  }
}
