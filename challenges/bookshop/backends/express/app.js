import express from 'express';
import { createAuthor, deleteAuthor, getAuthor, getAuthorSales, listAuthors, updateAuthor } from './authors.js';
import { createBook, deleteBook, deliverCopies, getBook, listBooks, updateBook } from './books.js';
import { checkBody, checkQuery, jsonBody, rules } from './input.js';
import { cancelOrder, createOrder, getOrder, listOrders } from './orders.js';
import { notFound, Problem } from './problem.js';

const paging = { limit: rules.limit, cursor: rules.cursor };
const json = jsonBody('application/json');
const mergePatch = jsonBody('application/merge-patch+json');

export function createApp(db) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.param('id', (req, res, next, id) => {
    if (rules.pathId(id) !== null) throw notFound();
    req.params.id = Number(id);
    next();
  });

  app
    .route('/authors')
    .post(json, async (req, res) => {
      const author = await createAuthor(db, checkBody(req.body, { name: rules.name }, ['name']));
      send(res.set('Location', `/authors/${author.id}`), 201, author);
    })
    .get(async (req, res) => send(res, 200, await listAuthors(db, checkQuery(req, paging))))
    .all(allow('GET, HEAD, POST'));

  app
    .route('/authors/:id')
    .get(async (req, res) => send(res, 200, await getAuthor(db, req.params.id)))
    .patch(mergePatch, async (req, res) => {
      send(res, 200, await updateAuthor(db, req.params.id, checkBody(req.body, { name: rules.name })));
    })
    .delete(async (req, res) => {
      await deleteAuthor(db, req.params.id);
      res.status(204).end();
    })
    .all(allow('GET, HEAD, PATCH, DELETE'));

  app
    .route('/authors/:id/sales')
    .get(async (req, res) => send(res, 200, await getAuthorSales(db, req.params.id)))
    .all(allow('GET, HEAD'));

  app
    .route('/books')
    .post(json, async (req, res) => {
      const { isbn, title, genre, price, stock, authorIds } = rules;
      const required = ['isbn', 'title', 'genre', 'price', 'authorIds'];
      const book = await createBook(db, checkBody(req.body, { isbn, title, genre, price, stock, authorIds }, required));
      send(res.set('Location', `/books/${book.id}`), 201, book);
    })
    .get(async (req, res) => {
      const { search: q, pathId: authorId, genre, price, boolean: inStock, sort } = rules;
      const filters = { q, authorId, genre, minPrice: price, maxPrice: price, inStock, sort };
      send(res, 200, await listBooks(db, checkQuery(req, { ...paging, ...filters })));
    })
    .all(allow('GET, HEAD, POST'));

  app
    .route('/books/:id')
    .get(async (req, res) => send(res, 200, await getBook(db, req.params.id)))
    .patch(mergePatch, async (req, res) => {
      const { title, genre, price } = rules;
      send(res, 200, await updateBook(db, req.params.id, checkBody(req.body, { title, genre, price })));
    })
    .delete(async (req, res) => {
      await deleteBook(db, req.params.id);
      res.status(204).end();
    })
    .all(allow('GET, HEAD, PATCH, DELETE'));

  app
    .route('/books/:id/deliveries')
    .post(json, async (req, res) => {
      const { copies } = checkBody(req.body, { copies: rules.copies }, ['copies']);
      send(res, 200, await deliverCopies(db, req.params.id, copies));
    })
    .all(allow('POST'));

  app
    .route('/orders')
    .post(json, async (req, res) => {
      const { name: customer, lines } = rules;
      const order = await createOrder(db, checkBody(req.body, { customer, lines }, ['customer', 'lines']));
      send(res.set('Location', `/orders/${order.id}`), 201, order);
    })
    .get(async (req, res) => {
      const { name: customer, pathId: bookId, status } = rules;
      send(res, 200, await listOrders(db, checkQuery(req, { ...paging, customer, bookId, status })));
    })
    .all(allow('GET, HEAD, POST'));

  app
    .route('/orders/:id')
    .get(async (req, res) => send(res, 200, await getOrder(db, req.params.id)))
    .all(allow('GET, HEAD'));

  app
    .route('/orders/:id/cancellation')
    .post(async (req, res) => send(res, 200, await cancelOrder(db, req.params.id)))
    .all(allow('POST'));

  app.use(() => {
    throw notFound();
  });
  app.use(sendProblem);
  return app;
}

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
  if (error instanceof URIError) return notFound();
  // Errors of the body parser.
  if (error.status >= 400 && error.status < 500) return new Problem(error.status, 'The body cannot be read.');
  console.error(error);
  // Connection exceptions of PostgreSQL (class 08, 57P) and of the socket.
  const unavailable = /^(08|57P|E[A-Z]+$)/.test(error.code ?? '') || /connection|timeout/i.test(error.message);
  if (unavailable) return new Problem(503, 'The shop cannot reach its database.', { headers: { 'Retry-After': '1' } });
  return new Problem(500, 'Something went wrong on our side.');
}
