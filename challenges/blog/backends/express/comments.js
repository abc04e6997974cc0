import { findArticle } from './articles.js';
import { ListQuery } from './list-query.js';
import { forbidden, notFound } from './problem.js';

const present = (row) => ({
  id: row.id,
  text: row.text,
  author: { id: row.author_id, name: row.author_name },
  createdAt: row.created_at.toISOString(),
});

export async function createComment(pool, author, articleId, { text }) {
  // One statement, so that the article cannot be deleted or withdrawn in between.
  const { rows } = await pool.query(
    `INSERT INTO comments (article_id, author_id, text)
     SELECT id, $2, $3 FROM articles WHERE id = $1 AND (status = 'published' OR author_id = $2) FOR KEY SHARE
     RETURNING *`,
    [articleId, author.id, text],
  );
  if (rows.length === 0) throw notFound();
  return present({ ...rows[0], author_name: author.name });
}

export async function listComments(pool, reader, articleId, { limit, cursor }) {
  await findArticle(pool, reader, articleId);
  const query = new ListQuery(
    `SELECT c.id, c.position, c.text, c.created_at, c.author_id, u.name AS author_name
     FROM comments c JOIN users u ON u.id = c.author_id`,
    'c.position',
    cursor,
  );
  query.where('c.article_id = ?', articleId);
  return query.page(pool, limit, present);
}

export async function deleteComment(pool, user, id) {
  const { rowCount } = await pool.query(
    `DELETE FROM comments c USING articles a
     WHERE c.id = $1 AND a.id = c.article_id AND ($2 IN (c.author_id, a.author_id) OR ($3 AND a.status = 'published'))`,
    [id, user.id, user.role === 'admin'],
  );
  if (rowCount > 0) return;
  const { rows } = await pool.query(
    `SELECT 1 FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.id = $1 AND a.status = 'published'`,
    [id],
  );
  throw rows.length > 0 ? forbidden() : notFound();
}
