import { decodeCursor, encodeCursor } from './cursor.js';
import { inTransaction } from './database.js';

// Tags come with their todo in one statement, so that both are of the same moment.
const COLUMNS = `id, title, notes, done, position, priority, due_at, estimate, version, created_at, updated_at,
  (SELECT coalesce(json_agg(name ORDER BY todo_tags.position), '[]') FROM todo_tags WHERE todo_id = todos.id) AS tags`;
const COLUMN_OF = {
  title: 'title',
  notes: 'notes',
  done: 'done',
  position: 'position',
  priority: 'priority',
  dueAt: 'due_at',
  estimate: 'estimate',
};
const SORT_COLUMN = { position: 'position', title: 'title COLLATE "C"', createdAt: 'created_at', dueAt: 'due_at' };

/** A todo as clients see it, and the entity tag of this state of it. */
function toTodo(row) {
  const { id, title, notes, done, position, priority, estimate, tags } = row;
  const todo = {
    id,
    title,
    notes,
    done,
    position,
    priority,
    dueAt: row.due_at?.toISOString() ?? null,
    estimate,
    tags,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
  return { todo, etag: `"${row.version}"` };
}

export async function listTodos(pool, { done, priority, tag, q, sort, limit, cursor }) {
  const values = [];
  const bind = (value) => `$${values.push(value)}`;
  const conditions = ['true'];
  if (done !== undefined) conditions.push(`done = ${bind(done)}`);
  if (priority !== undefined) conditions.push(`priority = ${bind(priority)}`);
  if (tag !== undefined) conditions.push(`id IN (SELECT todo_id FROM todo_tags WHERE name = ${bind(tag)})`);
  if (q !== undefined) conditions.push(`title ILIKE ${bind(`%${q.replace(/[\\%_]/g, '\\$&')}%`)}`);

  const name = sort.replace('-', '');
  const column = SORT_COLUMN[name];
  const [direction, beyond] = sort.startsWith('-') ? ['DESC', '<'] : ['ASC', '>'];
  if (cursor !== undefined) {
    const after = decodeCursor(cursor, sort);
    const id = bind(after.id);
    if (after.key === null) {
      conditions.push(`${column} IS NULL AND id > ${id}`);
    } else {
      const key = bind(after.key);
      const rest = `${column} ${beyond}= ${key} AND (${column} ${beyond} ${key} OR id > ${id})`;
      conditions.push(column === 'due_at' ? `(${rest} OR due_at IS NULL)` : rest);
    }
  }

  const { rows } = await pool.query(
    `SELECT ${COLUMNS} FROM todos WHERE ${conditions.join(' AND ')}
     ORDER BY ${column} ${direction} NULLS LAST, id LIMIT ${bind(limit + 1)}`,
    values,
  );
  const items = rows.slice(0, limit).map((row) => toTodo(row).todo);
  const last = items.at(-1);
  return { items, next: rows.length > limit ? encodeCursor(sort, last[name], last.id) : null };
}

export async function listTags(pool, { limit, cursor }) {
  const after = cursor === undefined ? '' : decodeCursor(cursor, 'name').key;
  const { rows } = await pool.query(
    'SELECT name, count(*)::int AS count FROM todo_tags WHERE name > $1 GROUP BY name ORDER BY name LIMIT $2',
    [after, limit + 1],
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? encodeCursor('name', items.at(-1).name, 0) : null };
}

/** Null when there is no such todo. */
export async function findTodo(client, id) {
  const { rows } = await client.query(`SELECT ${COLUMNS} FROM todos WHERE id = $1`, [id]);
  return rows.length === 0 ? null : toTodo(rows[0]);
}

export function createTodo(pool, input) {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query(
      `INSERT INTO todos (title, notes, done, position, priority, due_at, estimate)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [input.title, input.notes, input.done, input.position, input.priority, input.dueAt, input.estimate],
    );
    await insertTags(client, rows[0].id, input.tags);
    return findTodo(client, rows[0].id);
  });
}

/** Sets the properties that `changes` names. `guard` sees the todo's entity tag, locked, and may throw. Null: no such todo. */
export function updateTodo(pool, id, changes, guard) {
  return inTransaction(pool, async (client) => {
    if (!(await lockTodo(client, id, guard))) return null;
    const values = [id];
    const sets = Object.entries(COLUMN_OF)
      .filter(([name]) => name in changes)
      .map(([name, column]) => `${column} = $${values.push(changes[name])}`);
    await client.query(
      `UPDATE todos SET ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')} WHERE id = $1`,
      values,
    );
    if (changes.tags !== undefined) {
      await client.query('DELETE FROM todo_tags WHERE todo_id = $1', [id]);
      await insertTags(client, id, changes.tags);
    }
    return findTodo(client, id);
  });
}

/** False when there is no such todo. */
export function deleteTodo(pool, id, guard) {
  return inTransaction(pool, async (client) => {
    if (!(await lockTodo(client, id, guard))) return false;
    await client.query('DELETE FROM todos WHERE id = $1', [id]);
    return true;
  });
}

async function lockTodo(client, id, guard) {
  const { rows } = await client.query('SELECT version FROM todos WHERE id = $1 FOR UPDATE', [id]);
  if (rows.length === 0) return false;
  guard(`"${rows[0].version}"`);
  return true;
}

async function insertTags(client, id, tags) {
  if (tags.length === 0) return;
  await client.query(
    `INSERT INTO todo_tags (todo_id, name, position)
     SELECT $1, name, position FROM unnest($2::text[]) WITH ORDINALITY AS given (name, position)`,
    [id, tags],
  );
}
