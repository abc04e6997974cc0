import { Refusal } from './refusal.js';

const columns = 'id, name, price, stock, note';

export async function createProduct(db, { name, price, delivered, note = null }) {
  const { rows } = await db.query(
    `INSERT INTO products (name, price, stock, note) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
    [name, price, delivered, note],
  );
  return rows[0];
}

export async function getProduct(db, id) {
  const { rows } = await db.query(`SELECT ${columns} FROM products WHERE id = $1`, [id]);
  return rows[0] ?? missing(id);
}

export async function updateProduct(db, id, { name, price, note = null }) {
  const { rows } = await db.query(
    `UPDATE products SET name = $2, price = $3, note = $4 WHERE id = $1 RETURNING ${columns}`,
    [id, name, price, note],
  );
  return rows[0] ?? missing(id);
}

export async function deleteProduct(db, id) {
  try {
    const { rowCount } = await db.query('DELETE FROM products WHERE id = $1', [id]);
    if (rowCount === 0) missing(id);
  } catch (error) {
    if (error.code === '23503') throw new Refusal('inUse', { productId: id }, 'There are orders for this product.');
    throw error;
  }
}

export async function listProducts(db, { limit = 20, afterId = 0 }) {
  const { rows } = await db.query(`SELECT ${columns} FROM products WHERE id > $1 ORDER BY id LIMIT $2`, [afterId, limit]);
  return rows;
}

function missing(id) {
  throw new Refusal('notFound', { id }, 'There is no such product.');
}
