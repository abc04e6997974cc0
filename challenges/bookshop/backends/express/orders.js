import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { refusing } from './database.js';
import { pageOf } from './paging.js';
import { notFound, refusals } from './problem.js';

/** Orders with their lines and sums, in one statement. Sums are PostgreSQL's, and text in JSON: as numbers they would be floats here. */
const orders = (db) =>
  db
    .selectFrom('orders')
    .select(['id', 'customer', 'status', 'created_at'])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('order_lines as l')
          .innerJoin('books as b', 'b.id', 'l.book_id')
          .whereRef('l.order_id', '=', 'orders.id')
          .orderBy('l.position')
          .select((line) => [
            'l.book_id as bookId',
            'b.title',
            'l.copies',
            line.cast('l.price', 'text').as('price'),
            line.cast(amount(line), 'text').as('amount'),
          ]),
      ).as('lines'),
      eb
        .selectFrom('order_lines as l')
        .whereRef('l.order_id', '=', 'orders.id')
        .select((line) => line.fn.sum(amount(line)).as('sum'))
        .as('total'),
    ]);

const amount = (eb) => eb('l.copies', '*', eb.ref('l.price'));

const present = ({ id, customer, status, lines, total, created_at }) => ({
  id,
  customer,
  status,
  lines,
  total,
  createdAt: created_at.toISOString(),
});

export function listOrders(db, { limit, cursor, customer, bookId, status }) {
  let query = orders(db);
  if (customer !== undefined) query = query.where('customer', '=', customer);
  if (bookId !== undefined) {
    query = query.where('id', 'in', db.selectFrom('order_lines').select('order_id').where('book_id', '=', bookId));
  }
  if (status !== undefined) query = query.where('status', '=', status);
  return pageOf(query, { list: 'orders', keys: ['id'], direction: 'desc' }, { limit, cursor }, present);
}

export async function getOrder(db, id) {
  const row = await orders(db).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound();
  return present(row);
}

export function createOrder(db, { customer, lines }) {
  const ids = lines.map(({ bookId }) => bookId);
  if (new Set(ids).size < ids.length) throw refusals['book-twice']();
  return db.transaction().execute(async (trx) => {
    const books = new Map((await lockBooks(trx, ids)).map((book) => [book.id, book]));
    if (books.size < ids.length) throw refusals['unknown-book']();
    if (lines.some(({ bookId, copies }) => books.get(bookId).stock < copies)) throw refusals['out-of-stock']();

    const { id } = await trx.insertInto('orders').values({ customer }).returning('id').executeTakeFirstOrThrow();
    const rows = lines.map(({ bookId, copies }, position) => ({
      order_id: id,
      position,
      book_id: bookId,
      copies,
      price: books.get(bookId).price,
    }));
    await trx.insertInto('order_lines').values(rows).execute();
    await moveCopies(trx, id, '-');
    return getOrder(trx, id);
  });
}

export function cancelOrder(db, id) {
  return refusing({ books_stock: refusals['shelf-full'] }, () =>
    db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('orders')
        .set({ status: 'cancelled' })
        .where('id', '=', id)
        .where('status', '=', 'placed')
        .executeTakeFirst();
      const order = await getOrder(trx, id);
      if (numUpdatedRows === 0n) throw refusals['already-cancelled']();
      await lockBooks(
        trx,
        order.lines.map(({ bookId }) => bookId),
      );
      await moveCopies(trx, id, '+');
      return order;
    }),
  );
}

/** Locks in the order of ids, so that two orders of the same books wait for each other, and never both. */
const lockBooks = (trx, ids) =>
  trx.selectFrom('books').select(['id', 'price', 'stock']).where('id', 'in', ids).orderBy('id').forUpdate().execute();

/** Takes the copies of an order from the shelf, or puts them back. */
const moveCopies = (trx, orderId, sign) =>
  trx
    .updateTable('books')
    .from('order_lines as l')
    .set((eb) => ({ stock: eb('stock', sign, eb.ref('l.copies')) }))
    .whereRef('l.book_id', '=', 'books.id')
    .where('l.order_id', '=', orderId)
    .execute();
