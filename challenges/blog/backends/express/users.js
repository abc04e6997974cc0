import { hashPassword } from './auth.js';
import { unlessTaken } from './database.js';
import { ListQuery } from './list-query.js';
import { refusals } from './problem.js';

/** The user as they themselves and an admin see them. */
export const presentUser = (row) => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  bio: row.bio,
  avatarUrl: row.avatar_url,
  website: row.website,
  createdAt: row.created_at.toISOString(),
});

export async function signUp(pool, { email, password, name }) {
  const hash = await hashPassword(password);
  const { rows } = await unlessTaken(refusals['email-taken'], () =>
    pool.query('INSERT INTO users (email, password_hash, name) VALUES ($1, $2, $3) RETURNING *', [email, hash, name]),
  );
  return presentUser(rows[0]);
}

export async function createAdmin(pool, email, password) {
  await pool.query(
    `INSERT INTO users (email, password_hash, name, role) VALUES ($1, $2, 'Admin', 'admin') ON CONFLICT DO NOTHING`,
    [email, await hashPassword(password)],
  );
}

export function listUsers(pool, { limit, cursor }) {
  return new ListQuery('SELECT * FROM users', 'position', cursor).page(pool, limit, presentUser);
}

const columns = { name: 'name', bio: 'bio', avatarUrl: 'avatar_url', website: 'website' };

export async function updateUser(pool, user, changes) {
  const names = Object.keys(changes);
  if (names.length === 0) return presentUser(user);
  const assignments = names.map((name, index) => `${columns[name]} = $${index + 2}`);
  const { rows } = await pool.query(`UPDATE users SET ${assignments.join(', ')} WHERE id = $1 RETURNING *`, [
    user.id,
    ...names.map((name) => changes[name]),
  ]);
  return presentUser(rows[0]);
}
