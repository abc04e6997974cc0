import { attributes, escape } from './envelope.js';
import { cancelOrder, getOrder, listOrders, placeOrder } from './orders.js';
import { createProduct, deleteProduct, getProduct, listProducts, updateProduct } from './products.js';

/** What each operation does with the values of a message that the schema allows, and what it answers. */
export const operations = {
  createProduct: async (pool, { product }) => productElement(await createProduct(pool, productValues(product))),
  getProduct: async (pool, { id }) => productElement(await getProduct(pool, Number(id))),
  updateProduct: async (pool, { id, product }) => productElement(await updateProduct(pool, Number(id), productValues(product))),
  deleteProduct: async (pool, { id }) => {
    await deleteProduct(pool, Number(id));
    return '';
  },
  listProducts: async (pool, page) => (await listProducts(pool, pageValues(page))).map(productElement).join(''),
  placeOrder: async (pool, { order }) => orderElement(await placeOrder(pool, { ...order, line: order.line.map(lineValues) })),
  getOrder: async (pool, { id }) => orderElement(await getOrder(pool, Number(id))),
  cancelOrder: async (pool, { orderId }) => orderElement(await cancelOrder(pool, Number(orderId))),
  listOrders: async (pool, page) => (await listOrders(pool, pageValues(page))).map(orderElement).join(''),
};

// A price stays the text it is: PostgreSQL's numeric computes with it, JavaScript's numbers could not.
const productValues = ({ name, price, delivered, note }) => ({ name, price: price.trim(), delivered: Number(delivered), note });
const lineValues = ({ productId, quantity }) => ({ productId: Number(productId), quantity: Number(quantity) });

/** An element without elements is read as a text. */
function pageValues(page) {
  const { limit, afterId } = typeof page === 'string' ? {} : page;
  return {
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(afterId === undefined ? {} : { afterId: Number(afterId) }),
  };
}

function productElement({ id, name, price, stock, note }) {
  const noted = note === null ? '<o:note xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>' : element('note', note);
  return `<o:product>${element('id', id)}${element('name', name)}${element('price', price)}${element('stock', stock)}${noted}</o:product>`;
}

function orderElement({ id, customer, status, placedAt, line, total }) {
  const lines = line.map((each) => `<o:line${attributes(each)}/>`).join('');
  const head = `${element('id', id)}${element('customer', customer)}${element('status', status)}${element('placedAt', placedAt.toISOString())}`;
  return `<o:order>${head}${lines}${element('total', total)}</o:order>`;
}

function element(name, value) {
  return `<o:${name}>${escape(value)}</o:${name}>`;
}
