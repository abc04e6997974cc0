import { Pool } from 'pg';
import { openHome, openStore } from '../../packages/engine/src/index.ts';

/** Stores so many runs of two hundred backends, as if they had been judged. Returns ids of some of them. */
export async function fillRuns(home: string, runs: number): Promise<readonly string[]> {
  // The server runs: this only finds how to reach its database, keeps it from nothing and closes nothing.
  const found = new AbortController();
  const { access } = await openStore(openHome({ ASSAY_HOME: home }), found.signal);
  found.abort();
  const pool = new Pool({ ...access, options: '-c search_path=assay' });
  try {
    await pool.query(`
      INSERT INTO backend (id, folder, name) SELECT uuidv7(), '/srv/backend-' || n, 'backend-' || n FROM generate_series(1, 200) AS n`);
    await pool.query(
      `INSERT INTO run (id, backend_id, folder, challenge, wanted, seed, status, verdict, reason, passed, failed, stack, started_at, ended_at)
       SELECT uuidv7(), b.id, b.folder, (ARRAY['todo', 'ledger', 'blog', NULL])[1 + n % 4], '{}', n, 'finished',
         (ARRAY['passed', 'failed', 'undecided'])[1 + n % 3], 'As stored.', 40, n % 5, '{"language":"Java","framework":null,"runtime":null}', now(), now()
       FROM generate_series(1, $1::integer) AS n JOIN backend AS b ON b.name = 'backend-' || (1 + n % 200)`,
      [runs],
    );
    await pool.query('ANALYZE');
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM run ORDER BY id LIMIT 10');
    return rows.map(({ id }) => id);
  } finally {
    await pool.end();
  }
}
