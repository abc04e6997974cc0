import { transaction } from './database.js';
import { Refusal } from './refusal.js';

// An order comes with its lines in one statement, however many orders there are.
const select = `
  SELECT o.id, o.customer, o.status, o.placed_at AS "placedAt", sum(l.quantity * l.unit_price) AS total,
    json_agg(json_build_object('productId', l.product_id, 'quantity', l.quantity, 'productName', l.product_name,
                               'unitPrice', l.unit_price::text) ORDER BY l.position) AS line
  FROM orders o JOIN order_lines l ON l.order_id = o.id`;

export async function placeOrder(pool, { customer, line }) {
  return transaction(pool, async (db) => {
    const wanted = new Map();
    for (const { productId, quantity } of line) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
    // Always in the order of the ids, so that two orders never wait for each other.
    for (const [productId, quantity] of [...wanted].sort(([a], [b]) => a - b)) await takeFromStock(db, productId, quantity);
    const { rows } = await db.query('INSERT INTO orders (customer) VALUES ($1) RETURNING id', [customer]);
    const { id } = rows[0];
    await db.query(
      `INSERT INTO order_lines (order_id, position, product_id, quantity, product_name, unit_price)
       SELECT $1, w.position, p.id, w.quantity, p.name, p.price
       FROM unnest($2::int[], $3::int[]) WITH ORDINALITY AS w (product_id, quantity, position) JOIN products p ON p.id = w.product_id`,
      [id, line.map(({ productId }) => productId), line.map(({ quantity }) => quantity)],
    );
    return getOrder(db, id);
  });
}

/** One statement compares and subtracts, so that no two orders take the same piece. */
async function takeFromStock(db, productId, quantity) {
  const { rowCount } = await db.query('UPDATE products SET stock = stock - $2 WHERE id = $1 AND stock >= $2', [productId, quantity]);
  if (rowCount === 1) return;
  const { rows } = await db.query('SELECT stock FROM products WHERE id = $1', [productId]);
  if (rows.length === 0) throw new Refusal('notFound', { id: productId }, 'There is no such product.');
  throw new Refusal('outOfStock', { productId, available: rows[0].stock }, 'There is not enough of this product.');
}

export async function getOrder(db, id) {
  const { rows } = await db.query(`${select} WHERE o.id = $1 GROUP BY o.id`, [id]);
  return rows[0] ?? missing(id);
}

export async function cancelOrder(pool, id) {
  return transaction(pool, async (db) => {
    const { rowCount } = await db.query(`UPDATE orders SET status = 'cancelled' WHERE id = $1 AND status = 'open'`, [id]);
    if (rowCount === 0) {
      await getOrder(db, id);
      throw new Refusal('notOpen', { orderId: id }, 'The order is not open any more.');
    }
    await db.query(
      `SELECT p.id FROM products p WHERE p.id IN (SELECT product_id FROM order_lines WHERE order_id = $1) ORDER BY p.id FOR UPDATE`,
      [id],
    );
    await db.query(
      `UPDATE products p SET stock = p.stock + l.quantity
       FROM (SELECT product_id, sum(quantity) AS quantity FROM order_lines WHERE order_id = $1 GROUP BY product_id) l
       WHERE p.id = l.product_id`,
      [id],
    );
    return getOrder(db, id);
  });
}

export async function listOrders(db, { limit = 20, afterId = 0 }) {
  const { rows } = await db.query(`${select} WHERE o.id > $1 GROUP BY o.id ORDER BY o.id LIMIT $2`, [afterId, limit]);
  return rows;
}

function missing(id) {
  throw new Refusal('notFound', { id }, 'There is no such order.');
}
