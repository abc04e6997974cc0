import express from 'express';
import { createAccount, deleteAccount, getAccount, listAccounts, updateAccount } from './accounts.js';
import { checkBody, checkIdempotencyKey, checkQuery, isUuid, jsonBody, rules } from './input.js';
import { getDeposit, getTransfer, listEntries, listTransfers, move } from './movements.js';
import { notFound, Problem } from './problem.js';

const paging = { limit: rules.limit, cursor: rules.cursor };

export function createApp(pool) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  for (const name of ['accountId', 'depositId', 'transferId']) {
    app.param(name, (req, res, next, id) => {
      if (!isUuid(id)) throw notFound();
      req.params[name] = id.toLowerCase();
      next();
    });
  }

  app
    .route('/accounts')
    .post(jsonBody('application/json'), async (req, res) => {
      const { name, currency, overdraftLimit, note } = rules;
      const fields = { name, currency, overdraftLimit, reference: note };
      const { etag, body } = await createAccount(pool, checkBody(req.body, fields, ['name', 'currency']));
      send(res.set('Location', `/accounts/${body.id}`).set('ETag', etag), 201, body);
    })
    .get(async (req, res) => {
      const query = checkQuery(req, { ...paging, currency: rules.currency, q: rules.search });
      send(res, 200, await listAccounts(pool, query));
    })
    .all(allow('GET, HEAD, POST'));

  app
    .route('/accounts/:accountId')
    .get(async (req, res) => {
      const { etag, body } = await getAccount(pool, req.params.accountId);
      res.set('ETag', etag);
      if (lists(req.get('If-None-Match')?.replaceAll('W/', ''), etag)) res.status(304).end();
      else send(res, 200, body);
    })
    .patch(jsonBody('application/merge-patch+json'), async (req, res) => {
      const { name, overdraftLimit, note } = rules;
      const changes = checkBody(req.body, { name, overdraftLimit, reference: note });
      const ifMatch = req.get('If-Match');
      const isCurrent = (etag) => ifMatch === undefined || lists(ifMatch, etag);
      const { etag, body } = await updateAccount(pool, req.params.accountId, changes, isCurrent);
      send(res.set('ETag', etag), 200, body);
    })
    .delete(async (req, res) => {
      await deleteAccount(pool, req.params.accountId);
      res.status(204).end();
    })
    .all(allow('GET, HEAD, PATCH, DELETE'));

  app
    .route('/accounts/:accountId/entries')
    .get(async (req, res) => {
      const query = checkQuery(req, { ...paging, from: rules.date, to: rules.date });
      await getAccount(pool, req.params.accountId);
      send(res, 200, await listEntries(pool, req.params.accountId, query));
    })
    .all(allow('GET, HEAD'));

  app
    .route('/deposits')
    .post(jsonBody('application/json'), async (req, res) => {
      const key = checkIdempotencyKey(req);
      const fields = { accountId: rules.uuid, amount: rules.amount, memo: rules.note };
      const { accountId, amount, memo } = checkBody(req.body, fields, ['accountId', 'amount']);
      sendAnswer(res, await move(pool, key, { from: null, to: accountId, amount, memo }));
    })
    .all(allow('POST'));

  app
    .route('/deposits/:depositId')
    .get(async (req, res) => send(res, 200, await getDeposit(pool, req.params.depositId)))
    .all(allow('GET, HEAD'));

  app
    .route('/transfers')
    .post(jsonBody('application/json'), async (req, res) => {
      const key = checkIdempotencyKey(req);
      const fields = { fromAccountId: rules.uuid, toAccountId: rules.uuid, amount: rules.amount, memo: rules.note };
      const required = ['fromAccountId', 'toAccountId', 'amount'];
      const { fromAccountId, toAccountId, amount, memo } = checkBody(req.body, fields, required);
      sendAnswer(res, await move(pool, key, { from: fromAccountId, to: toAccountId, amount, memo }));
    })
    .get(async (req, res) => {
      send(res, 200, await listTransfers(pool, checkQuery(req, { ...paging, accountId: rules.uuid })));
    })
    .all(allow('GET, HEAD, POST'));

  app
    .route('/transfers/:transferId')
    .get(async (req, res) => send(res, 200, await getTransfer(pool, req.params.transferId)))
    .all(allow('GET, HEAD'));

  app.use(() => {
    throw notFound();
  });
  app.use(sendProblem);
  return app;
}

/** Whether a list of entity tags (If-Match, If-None-Match) names this one. */
const lists = (header, etag) => header?.split(',').some((tag) => ['*', etag].includes(tag.trim())) ?? false;

const allow = (methods) => () => {
  throw new Problem(405, `This path answers ${methods}.`, { headers: { Allow: methods } });
};

function sendAnswer(res, { status, location, body, replayed }) {
  if (location !== null) res.set('Location', location);
  if (replayed) res.set('Idempotency-Replayed', 'true');
  sendText(res, status, body);
}

const send = (res, status, body) => sendText(res, status, JSON.stringify(body));

// Not `res.json`: it answers 304 of its own accord, also where the API does not offer it.
function sendText(res, status, text) {
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
  if (unavailable) return new Problem(503, 'The ledger cannot reach its database.', { headers: { 'Retry-After': '1' } });
  return new Problem(500, 'Something went wrong on our side.');
}
