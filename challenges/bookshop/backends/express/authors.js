import { foreignKeyViolation, refusing } from './database.js';
import { pageOf } from './paging.js';
import { notFound, refusals } from './problem.js';

const authors = (db) =>
  db
    .selectFrom('authors')
    .select((eb) => [
      'id',
      'name',
      'created_at',
      eb
        .selectFrom('book_authors')
        .whereRef('author_id', '=', 'authors.id')
        .select((count) => count.cast(count.fn.countAll(), 'integer').as('count'))
        .as('books'),
    ]);

const present = ({ id, name, books, created_at }) => ({ id, name, books, createdAt: created_at.toISOString() });

export async function createAuthor(db, { name }) {
  const row = await db.insertInto('authors').values({ name }).returning(['id', 'name', 'created_at']).executeTakeFirstOrThrow();
  return present({ ...row, books: 0 });
}

export async function getAuthor(db, id) {
  const row = await authors(db).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound();
  return present(row);
}

export async function updateAuthor(db, id, { name }) {
  if (name !== undefined) await db.updateTable('authors').set({ name }).where('id', '=', id).execute();
  return getAuthor(db, id);
}

export async function deleteAuthor(db, id) {
  const { numDeletedRows } = await refusing({ [foreignKeyViolation]: refusals['author-has-books'] }, () =>
    db.deleteFrom('authors').where('id', '=', id).executeTakeFirst(),
  );
  if (numDeletedRows === 0n) throw notFound();
}

export function listAuthors(db, { limit, cursor }) {
  return pageOf(authors(db), { list: 'authors', keys: ['id'], direction: 'desc' }, { limit, cursor }, present);
}

export async function getAuthorSales(db, id) {
  await getAuthor(db, id);
  const { copies, revenue } = await db
    .selectFrom('book_authors as ba')
    .innerJoin('order_lines as l', 'l.book_id', 'ba.book_id')
    .innerJoin('orders as o', 'o.id', 'l.order_id')
    .where('ba.author_id', '=', id)
    .where('o.status', '=', 'placed')
    .select(({ fn, val, eb }) => [
      fn.coalesce(fn.sum('l.copies'), val(0)).as('copies'),
      fn.coalesce(fn.sum(eb('l.copies', '*', eb.ref('l.price'))), eb.cast(val('0.00'), 'numeric')).as('revenue'),
    ])
    .executeTakeFirstOrThrow();
  return { copies: Number(copies), revenue };
}
