import express from 'express';
import { checkBody, checkQuery, jsonBody, rules } from './input.js';
import { cancelOrder, getOrder, listOrders, placeOrder } from './orders.js';
import { notFound, Problem, refused } from './problem.js';
import { createProduct, deleteProduct, getProduct, listProducts, updateProduct } from './products.js';
import { Refusal } from './refusal.js';

const { name, price, delivered, note, customer, lines, limit, afterId } = rules;

/** The REST face, over the same functions as the SOAP face. */
export function restFace(pool) {
  const face = express.Router({ caseSensitive: true, strict: true });
  face.param('id', (req, res, next, id) => {
    if (rules.id(id) !== null) throw notFound();
    req.id = Number(id);
    next();
  });

  face
    .route('/api/products')
    .post(jsonBody, async (req, res) => {
      const product = await createProduct(pool, checkBody(req.body, { name, price, delivered, note }, ['name', 'price', 'delivered']));
      send(res.set('Location', `/api/products/${product.id}`), 201, product);
    })
    .get(async (req, res) => send(res, 200, await page(checkQuery(req, { limit, afterId }), (query) => listProducts(pool, query))))
    .all(allow('GET, HEAD, POST'));

  face
    .route('/api/products/:id')
    .get(async (req, res) => send(res, 200, await getProduct(pool, req.id)))
    .put(jsonBody, async (req, res) => send(res, 200, await updateProduct(pool, req.id, checkBody(req.body, { name, price, note }, ['name', 'price']))))
    .delete(async (req, res) => {
      await deleteProduct(pool, req.id);
      res.status(204).end();
    })
    .all(allow('GET, HEAD, PUT, DELETE'));

  face
    .route('/api/orders')
    .post(jsonBody, async (req, res) => {
      const body = checkBody(req.body, { customer, lines }, ['customer', 'lines']);
      const order = await placeOrder(pool, { customer: body.customer, line: body.lines });
      send(res.set('Location', `/api/orders/${order.id}`), 201, presentOrder(order));
    })
    .get(async (req, res) => {
      const { items, next } = await page(checkQuery(req, { limit, afterId }), (query) => listOrders(pool, query));
      send(res, 200, { items: items.map(presentOrder), next });
    })
    .all(allow('GET, HEAD, POST'));

  face
    .route('/api/orders/:id')
    .get(async (req, res) => send(res, 200, presentOrder(await getOrder(pool, req.id))))
    .all(allow('GET, HEAD'));

  face
    .route('/api/orders/:id/cancel')
    .post(async (req, res) => send(res, 200, presentOrder(await cancelOrder(pool, req.id))))
    .all(allow('POST'));

  face.use(() => {
    throw notFound();
  });
  face.use(sendProblem);
  return face;
}

/** One row more than the page tells whether there is a next. */
async function page({ limit: size = 20, afterId: after }, list) {
  const rows = await list({ limit: size + 1, afterId: after });
  const items = rows.slice(0, size);
  return { items, next: rows.length > size ? items.at(-1).id : null };
}

const presentOrder = ({ id, customer: by, status, placedAt, line, total }) => ({ id, customer: by, status, placedAt, lines: line, total });

const allow = (methods) => () => {
  throw new Problem(405, `This path answers ${methods}.`, { headers: { Allow: methods } });
};

// Not `res.json`: it answers 304 of its own accord, also where the API does not offer it.
function send(res, status, body) {
  const text = JSON.stringify(body);
  res.status(status).set('Content-Type', status < 400 ? 'application/json' : 'application/problem+json');
  res.set('Content-Length', Buffer.byteLength(text)).end(text);
}

function sendProblem(error, req, res, next) {
  if (res.headersSent) return next(error);
  const problem = toProblem(error);
  send(res.set(problem.headers), problem.status, problem.body);
}

function toProblem(error) {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return refused(error);
  if (error instanceof URIError) return notFound();
  // Errors of the body parser.
  if (error.status >= 400 && error.status < 500) return new Problem(error.status, 'The body cannot be read.');
  console.error(error);
  // Connection exceptions of PostgreSQL (class 08, 57P) and of the socket.
  const unavailable = /^(08|57P|E[A-Z]+$)/.test(error.code ?? '') || /connection|timeout/i.test(error.message);
  if (unavailable) return new Problem(503, 'The warehouse cannot reach its database.', { headers: { 'Retry-After': '1' } });
  return new Problem(500, 'Something went wrong on our side.');
}
