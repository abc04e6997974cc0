import { transaction } from './database.js';
import { ListQuery } from './list-query.js';
import { notFound, refusals } from './problem.js';

/** A movement as the API shows it: a deposit when no account of ours paid. */
function present(row) {
  const { id, amount, currency, memo } = row;
  const createdAt = row.created_at.toISOString();
  if (row.from_account_id === null) return { id, accountId: row.to_account_id, amount, currency, memo, createdAt };
  return { id, fromAccountId: row.from_account_id, toAccountId: row.to_account_id, amount, currency, memo, createdAt };
}

/**
 * Carries out a deposit (`from` is null) or a transfer, once for its key. Returns the answer: `{ status, location, body, replayed }`,
 * `body` as JSON text. Refusals are answers too, so that they are kept with the key.
 */
export function move(pool, key, { from, to, amount, memo = null }) {
  const request = { from: from?.toLowerCase() ?? null, to: to.toLowerCase(), amount, memo };
  return transaction(pool, async (db) => {
    // A second request with this key waits here until the first has committed or rolled back.
    const claimed = await db.query(
      'INSERT INTO idempotency_keys (key, request) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING',
      [key, request],
    );
    if (claimed.rowCount === 0) return replay(db, key, request);
    const answer = await carryOut(db, request);
    await db.query('UPDATE idempotency_keys SET status = $2, location = $3, body = $4 WHERE key = $1', [
      key,
      answer.status,
      answer.location,
      answer.body,
    ]);
    return { ...answer, replayed: false };
  });
}

async function replay(db, key, request) {
  const { rows } = await db.query(
    'SELECT request = $2::jsonb AS same, status, location, body FROM idempotency_keys WHERE key = $1',
    [key, request],
  );
  const [{ same, ...answer }] = rows;
  if (!same) throw refusals['key-reused']();
  return { ...answer, replayed: true };
}

async function carryOut(db, { from, to, amount, memo }) {
  if (from === to) return refuse('same-account');
  const accounts = await lockAccounts(db, from === null ? [to] : [from, to], amount);
  const payer = accounts.get(from);
  const payee = accounts.get(to);
  if (payee === undefined || (from !== null && payer === undefined)) return refuse('unknown-account');
  if (payer !== undefined && payer.currency !== payee.currency) return refuse('currency-mismatch');
  if (payer !== undefined && !payer.can_pay) return refuse('insufficient-funds');
  if (!payee.can_receive) return refuse('balance-limit');

  const { rows } = await db.query(
    `INSERT INTO movements (from_account_id, to_account_id, amount, memo) VALUES ($1, $2, $3, $4)
     RETURNING id, from_account_id, to_account_id, amount, memo, created_at`,
    [from, to, amount, memo],
  );
  const movement = present({ ...rows[0], currency: payee.currency });
  if (from !== null) await enter(db, movement.id, from, `-${amount}`);
  await enter(db, movement.id, to, amount);
  const location = `/${from === null ? 'deposits' : 'transfers'}/${movement.id}`;
  return { status: 201, location, body: JSON.stringify(movement) };
}

/** Locks in the order of ids, whoever pays, so that opposite transfers cannot deadlock. */
async function lockAccounts(db, ids, amount) {
  const { rows } = await db.query(
    `SELECT id, currency, balance + overdraft_limit >= $2::numeric AS can_pay,
            balance + $2::numeric < 1000000000000000 AS can_receive
     FROM accounts WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
    [ids, amount],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function enter(db, movementId, accountId, amount) {
  const { rows } = await db.query(
    'UPDATE accounts SET balance = balance + $2::numeric, version = version + 1 WHERE id = $1 RETURNING balance',
    [accountId, amount],
  );
  await db.query('INSERT INTO entries (movement_id, account_id, amount, balance_after) VALUES ($1, $2, $3, $4)', [
    movementId,
    accountId,
    amount,
    rows[0].balance,
  ]);
}

function refuse(name) {
  const problem = refusals[name]();
  return { status: problem.status, location: null, body: JSON.stringify(problem.body) };
}

const selectMovements = `SELECT m.id, m.position, m.from_account_id, m.to_account_id, m.amount, a.currency, m.memo, m.created_at
  FROM movements m JOIN accounts a ON a.id = m.to_account_id`;

export async function getTransfer(pool, id) {
  return getMovement(pool, id, 'm.from_account_id IS NOT NULL');
}

export async function getDeposit(pool, id) {
  return getMovement(pool, id, 'm.from_account_id IS NULL');
}

async function getMovement(pool, id, condition) {
  const { rows } = await pool.query(`${selectMovements} WHERE m.id = $1 AND ${condition}`, [id]);
  if (rows.length === 0) throw notFound();
  return present(rows[0]);
}

export function listTransfers(pool, { limit, cursor, accountId }) {
  const query = new ListQuery(selectMovements, 'm.position', cursor);
  query.where('m.from_account_id IS NOT NULL');
  if (accountId !== undefined) query.where('(m.from_account_id = ? OR m.to_account_id = ?)', accountId, accountId);
  return query.page(pool, limit, present);
}

/** The statement of an account, with the counterparties' present names in the same query. */
export function listEntries(pool, accountId, { limit, cursor, from, to }) {
  const query = new ListQuery(
    `SELECT e.id AS position, e.amount, e.balance_after, m.created_at, m.from_account_id, m.to_account_id, m.memo,
            c.id AS counterparty_id, c.name AS counterparty_name
     FROM entries e JOIN movements m ON m.id = e.movement_id
     LEFT JOIN accounts c ON c.id = CASE e.account_id WHEN m.to_account_id THEN m.from_account_id ELSE m.to_account_id END`,
    'e.id',
    cursor,
  );
  query.where('e.account_id = ?', accountId);
  // PostgreSQL has no year 0.
  const day = (date) => (date.startsWith('0000') ? '0001-01-01' : date);
  if (from !== undefined) query.where("m.created_at >= ?::date::timestamp AT TIME ZONE 'UTC'", day(from));
  if (to !== undefined) query.where("m.created_at < (?::date + 1)::timestamp AT TIME ZONE 'UTC'", day(to));
  return query.page(pool, limit, (row) => ({
    id: Number(row.position),
    at: row.created_at.toISOString(),
    kind: row.from_account_id === null ? 'deposit' : row.from_account_id === accountId ? 'transfer-out' : 'transfer-in',
    amount: row.amount,
    balanceAfter: row.balance_after,
    counterparty: row.counterparty_id === null ? null : { id: row.counterparty_id, name: row.counterparty_name },
    memo: row.memo,
  }));
}
