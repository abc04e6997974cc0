import { unlessTaken } from './database.js';
import { forbidden, notFound, refusals } from './problem.js';

export async function createFile(pool, owner, { name, text }) {
  const { rows } = await unlessTaken(refusals['name-taken'], () =>
    pool.query('INSERT INTO files (name, owner_id, text) VALUES ($1, $2, $3) RETURNING created_at', [name, owner.id, text]),
  );
  return { name, owner: { id: owner.id, name: owner.name }, createdAt: rows[0].created_at.toISOString() };
}

export async function getFile(pool, name) {
  const { rows } = await pool.query('SELECT text FROM files WHERE name = $1', [name]);
  if (rows.length === 0) throw notFound();
  return rows[0].text;
}

export async function deleteFile(pool, user, name) {
  const { rowCount } = await pool.query('DELETE FROM files WHERE name = $1 AND (owner_id = $2 OR $3)', [
    name,
    user.id,
    user.role === 'admin',
  ]);
  if (rowCount > 0) return;
  await getFile(pool, name);
  throw forbidden();
}
