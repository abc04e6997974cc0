import { transaction } from './database.js';
import { ListQuery } from './list-query.js';
import { notFound, Problem, refusals } from './problem.js';

const columns = 'id, position, version, name, currency, balance, overdraft_limit, reference, created_at';

/** The account as the API shows it, and the entity tag that goes with it. */
const present = (row) => ({
  etag: `"${row.version}"`,
  body: {
    id: row.id,
    name: row.name,
    currency: row.currency,
    balance: row.balance,
    overdraftLimit: row.overdraft_limit,
    reference: row.reference,
    createdAt: row.created_at.toISOString(),
  },
});

export async function createAccount(pool, { name, currency, overdraftLimit = '0.00', reference = null }) {
  const { rows } = await pool.query(
    `INSERT INTO accounts (name, currency, overdraft_limit, reference) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
    [name, currency, overdraftLimit, reference],
  );
  return present(rows[0]);
}

export async function getAccount(pool, id) {
  const { rows } = await pool.query(`SELECT ${columns} FROM accounts WHERE id = $1`, [id]);
  if (rows.length === 0) throw notFound();
  return present(rows[0]);
}

/** @param isCurrent says whether the client's If-Match allows the change of an account with this entity tag. */
export function updateAccount(pool, id, changes, isCurrent) {
  return transaction(pool, async (db) => {
    const { rows } = await db.query(`SELECT ${columns} FROM accounts WHERE id = $1 FOR UPDATE`, [id]);
    if (rows.length === 0) throw notFound();
    const [account] = rows;
    if (!isCurrent(present(account).etag)) throw new Problem(412, 'The account has changed since it was read.');

    const { name = account.name, reference = account.reference, overdraftLimit = account.overdraft_limit } = changes;
    const updated = await db.query(
      `UPDATE accounts SET name = $2, reference = $3, overdraft_limit = $4, version = version + 1
       WHERE id = $1 AND balance >= -$4::numeric RETURNING ${columns}`,
      [id, name, reference, overdraftLimit],
    );
    if (updated.rowCount === 0) throw refusals['overdraft-in-use']();
    return present(updated.rows[0]);
  });
}

export async function deleteAccount(pool, id) {
  try {
    const { rowCount } = await pool.query('DELETE FROM accounts WHERE id = $1', [id]);
    if (rowCount === 0) throw notFound();
  } catch (error) {
    const foreignKeyViolation = '23503';
    throw error.code === foreignKeyViolation ? refusals['account-in-use']() : error;
  }
}

export function listAccounts(pool, { limit, cursor, currency, q }) {
  const query = new ListQuery(`SELECT ${columns} FROM accounts`, 'position', cursor);
  if (currency !== undefined) query.where('currency = ?', currency);
  if (q !== undefined) query.where('strpos(name, ?) > 0', q);
  return query.page(pool, limit, (row) => present(row).body);
}
