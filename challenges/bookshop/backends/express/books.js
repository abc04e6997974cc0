import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { foreignKeyViolation, refusing } from './database.js';
import { pageOf } from './paging.js';
import { notFound, refusals } from './problem.js';

const columns = ['id', 'isbn', 'title', 'genre', 'price', 'stock', 'created_at'];

/** Books with their authors, in one statement. */
const books = (db) =>
  db
    .selectFrom('books')
    .select(columns)
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('book_authors as ba')
          .innerJoin('authors as a', 'a.id', 'ba.author_id')
          .whereRef('ba.book_id', '=', 'books.id')
          .orderBy('ba.position')
          .select(['a.id', 'a.name']),
      ).as('authors'),
    );

const present = ({ id, isbn, title, genre, price, stock, authors, created_at }) => ({
  id,
  isbn,
  title,
  genre,
  price,
  stock,
  authors,
  createdAt: created_at.toISOString(),
});

const sorts = {
  newest: { keys: ['id'], direction: 'desc' },
  title: { keys: ['title', 'id'], direction: 'asc' },
  price: { keys: ['price', 'id'], direction: 'asc' },
  '-price': { keys: ['price', 'id'], direction: 'desc' },
};

export function listBooks(db, { limit, cursor, q, authorId, genre, minPrice, maxPrice, inStock, sort = 'newest' }) {
  let query = books(db);
  if (q !== undefined) query = query.where('title', 'ilike', `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`);
  if (authorId !== undefined) {
    const theirs = db.selectFrom('book_authors').select('book_id').where('author_id', '=', authorId);
    query = query.where('id', 'in', theirs);
  }
  if (genre !== undefined) query = query.where('genre', '=', genre);
  if (minPrice !== undefined) query = query.where('price', '>=', minPrice);
  if (maxPrice !== undefined) query = query.where('price', '<=', maxPrice);
  if (inStock !== undefined) query = query.where('stock', inStock === 'true' ? '>' : '=', 0);
  return pageOf(query, { list: `books by ${sort}`, ...sorts[sort] }, { limit, cursor }, present);
}

export async function getBook(db, id) {
  const row = await books(db).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound();
  return present(row);
}

export function createBook(db, { authorIds, ...book }) {
  const meanings = { books_isbn_key: refusals['isbn-taken'], [foreignKeyViolation]: refusals['unknown-author'] };
  return refusing(meanings, () =>
    db.transaction().execute(async (trx) => {
      const { id } = await trx.insertInto('books').values(book).returning('id').executeTakeFirstOrThrow();
      const rows = authorIds.map((author_id, position) => ({ book_id: id, author_id, position }));
      await trx.insertInto('book_authors').values(rows).execute();
      return getBook(trx, id);
    }),
  );
}

export async function updateBook(db, id, changes) {
  // Only the columns that change: writing the others back would undo what an order has done to them meanwhile.
  if (Object.keys(changes).length > 0) await db.updateTable('books').set(changes).where('id', '=', id).execute();
  return getBook(db, id);
}

export async function deleteBook(db, id) {
  const { numDeletedRows } = await refusing({ [foreignKeyViolation]: refusals['book-ordered'] }, () =>
    db.deleteFrom('books').where('id', '=', id).executeTakeFirst(),
  );
  if (numDeletedRows === 0n) throw notFound();
}

export async function deliverCopies(db, id, copies) {
  await refusing({ books_stock: refusals['shelf-full'] }, () =>
    db
      .updateTable('books')
      .set((eb) => ({ stock: eb('stock', '+', copies) }))
      .where('id', '=', id)
      .execute(),
  );
  return getBook(db, id);
}
