import { createHash } from 'node:crypto';
import { transaction, unlessTaken } from './database.js';
import { ListQuery } from './list-query.js';
import { forbidden, notFound, Problem, refusals } from './problem.js';

const select = `SELECT a.id, a.position, a.slug, a.title, a.text, a.tags, a.status, a.created_at, a.updated_at, a.author_id, u.name AS author_name
  FROM articles a JOIN users u ON u.id = a.author_id`;

/** The article as the API shows it, as JSON text, and the entity tag of that text. */
function tagged(row) {
  const json = JSON.stringify(present(row));
  return { json, etag: `"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"`, id: row.id };
}

const present = (row) => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  text: row.text,
  tags: row.tags,
  status: row.status,
  author: { id: row.author_id, name: row.author_name },
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

async function insert(db, author, { slug, title, text, tags = [], status = 'draft' }) {
  const { rows } = await unlessTaken(refusals['slug-taken'], () =>
    db.query('INSERT INTO articles (author_id, slug, title, text, tags, status) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *', [
      author.id,
      slug,
      title,
      text,
      JSON.stringify(tags),
      status,
    ]),
  );
  return { ...rows[0], author_name: author.name };
}

export async function createArticle(pool, author, article) {
  return tagged(await insert(pool, author, article));
}

/** All of them or none. */
export function importArticles(pool, author, articles) {
  return transaction(pool, async (db) => {
    // One import at a time: two of the same slugs in another order would wait for each other.
    await db.query('SELECT pg_advisory_xact_lock(20250302)');
    const items = [];
    for (const article of articles) items.push(present(await insert(db, author, article)));
    return { items };
  });
}

/** What is published, and the reader's own drafts. `reader` is undefined for somebody who is not signed in. */
export function listArticles(pool, reader, { limit, cursor, authorId, tag, q }) {
  const query = new ListQuery(select, 'a.position', cursor);
  if (reader === undefined) query.where(`a.status = 'published'`);
  else query.where(`(a.status = 'published' OR a.author_id = ?)`, reader.id);
  if (authorId !== undefined) query.where('a.author_id = ?', authorId);
  if (tag !== undefined) query.where('a.tags @> ?::jsonb', JSON.stringify([tag]));
  if (q !== undefined && q.trim() !== '') query.where(`a.words @@ plainto_tsquery('simple', ?)`, q);
  return query.page(pool, limit, present);
}

/** Returns the row; a draft is there for its author alone. */
export async function findArticle(db, reader, id, lock = '') {
  const { rows } = await db.query(`${select} WHERE a.id = $1 AND (a.status = 'published' OR a.author_id = $2) ${lock}`, [
    id,
    reader?.id ?? null,
  ]);
  if (rows.length === 0) throw notFound();
  return rows[0];
}

export async function getArticle(pool, reader, id) {
  return tagged(await findArticle(pool, reader, id));
}

/** @param isCurrent says whether the client's If-Match allows the change of an article with this entity tag. */
export function updateArticle(pool, user, id, changes, isCurrent) {
  return transaction(pool, async (db) => {
    const article = await findArticle(db, user, id, 'FOR UPDATE OF a');
    if (article.author_id !== user.id) throw forbidden();
    if (!isCurrent(tagged(article).etag)) throw new Problem(412, 'The article has changed since it was read.');
    const { title, text, tags, status } = { ...article, ...changes };
    const { rows } = await db.query(
      `UPDATE articles SET title = $2, text = $3, tags = $4, status = $5, updated_at = clock_timestamp()
       WHERE id = $1 RETURNING updated_at`,
      [id, title, text, JSON.stringify(tags), status],
    );
    return tagged({ ...article, title, text, tags, status, updated_at: rows[0].updated_at });
  });
}

export async function deleteArticle(pool, user, id) {
  const { rowCount } = await pool.query(
    `DELETE FROM articles WHERE id = $1 AND (author_id = $2 OR ($3 AND status = 'published'))`,
    [id, user.id, user.role === 'admin'],
  );
  if (rowCount > 0) return;
  await findArticle(pool, user, id);
  throw forbidden();
}
