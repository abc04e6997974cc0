import { escape } from './message.js';
import { cancelOrder, getOrder, listOrders, placeOrder } from './orders.js';
import { createProduct, deleteProduct, getProduct, listProducts, updateProduct } from './products.js';

/** What each operation does with the values of a message that the schema allows, and what it answers, in the order of the schema. */
export const operations = (pool) => ({
  createProduct: async ({ product }) => ({ product: productAnswer(await createProduct(pool, productValues(product))) }),
  getProduct: async ({ id }) => ({ product: productAnswer(await getProduct(pool, Number(id))) }),
  updateProduct: async ({ id, product }) => ({ product: productAnswer(await updateProduct(pool, Number(id), productValues(product))) }),
  deleteProduct: async ({ id }) => {
    await deleteProduct(pool, Number(id));
    // An element without anything in it; for undefined there would be none.
    return {};
  },
  listProducts: async (page) => ({ product: (await listProducts(pool, pageValues(page))).map(productAnswer) }),
  placeOrder: async ({ order }) => ({ order: orderAnswer(await placeOrder(pool, orderValues(order))) }),
  getOrder: async ({ id }) => ({ order: orderAnswer(await getOrder(pool, Number(id))) }),
  cancelOrder: async ({ orderId }) => ({ order: orderAnswer(await cancelOrder(pool, Number(orderId))) }),
  listOrders: async (page) => ({ order: (await listOrders(pool, pageValues(page))).map(orderAnswer) }),
});

// A price stays the text it is: PostgreSQL's numeric computes with it, JavaScript's numbers could not. A note that was nil is empty.
const productValues = ({ name, price, delivered, note }) => ({ name, price: price.trim(), delivered: Number(delivered), note: note || null });

const orderValues = ({ customer, line }) => ({
  customer,
  line: line.map(({ attributes: { productId, quantity } }) => ({ productId: Number(productId), quantity: Number(quantity) })),
});

const pageValues = ({ limit, afterId }) => ({
  ...(limit === undefined ? {} : { limit: Number(limit) }),
  ...(afterId === undefined ? {} : { afterId: Number(afterId) }),
});

// Written by the package from null it would lack the declaration of its prefix.
const nil = { attributes: { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:nil': 'true' } };

function productAnswer({ id, name, price, stock, note }) {
  return { id, name: new Text(name), price, stock, note: note === null ? nil : new Text(note) };
}

function orderAnswer({ id, customer, status, placedAt, line, total }) {
  const lines = line.map((each) => ({ attributes: { ...each, productName: new Text(each.productName) } }));
  // A Date would be written as an element without anything in it.
  return { id, customer: new Text(customer), status, placedAt: placedAt.toISOString(), line: lines, total };
}

/** A text that somebody wrote, escaped here: the package lets one through as XML when it begins and ends like a CDATA section. */
class Text {
  constructor(text) {
    this.$xml = escape(text);
  }

  /** For attributes. */
  toString() {
    return this.$xml;
  }
}
