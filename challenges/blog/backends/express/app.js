import express from 'express';
import { createArticle, deleteArticle, getArticle, importArticles, listArticles, updateArticle } from './articles.js';
import { identify, logIn, signedIn } from './auth.js';
import { createComment, deleteComment, listComments } from './comments.js';
import { readFeed } from './feed.js';
import { createFile, deleteFile, getFile } from './files.js';
import { checkBody, checkQuery, isUuid, jsonBody, rules, textBody } from './input.js';
import { forbidden, notFound, Problem } from './problem.js';
import { listUsers, presentUser, signUp, updateUser } from './users.js';
import { checkWebsite } from './website.js';

const paging = { limit: rules.limit, cursor: rules.cursor };
const json = jsonBody('application/json');
const mergePatch = jsonBody('application/merge-patch+json');

export function createApp(pool, corsOrigin) {
  const user = signedIn(pool);
  const reader = identify(pool);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.use(allowOrigin(corsOrigin));
  for (const name of ['articleId', 'commentId']) {
    app.param(name, (req, res, next, id) => {
      if (!isUuid(id)) throw notFound();
      next();
    });
  }
  app.param('name', (req, res, next, name) => {
    if (rules.fileName(name) !== null) throw notFound();
    next();
  });

  app
    .route('/users')
    .post(json, async (req, res) => {
      const fields = { email: rules.email, password: rules.password, name: rules.name };
      send(res, 201, await signUp(pool, checkBody(req.body, fields, Object.keys(fields))));
    })
    .get(user, async (req, res) => {
      if (req.user.role !== 'admin') throw forbidden();
      send(res, 200, await listUsers(pool, checkQuery(req, paging)));
    })
    .all(allow('GET, HEAD, POST'));

  app
    .route('/sessions')
    .post(json, async (req, res) => {
      const fields = { email: rules.email, password: rules.password };
      const session = await logIn(pool, checkBody(req.body, fields, Object.keys(fields)));
      send(res.set('Cache-Control', 'no-store'), 200, session);
    })
    .all(allow('POST'));

  app
    .route('/me')
    .get(user, (req, res) => send(res, 200, presentUser(req.user)))
    .patch(user, mergePatch, async (req, res) => {
      const { name, bio, avatarUrl } = rules;
      send(res, 200, await updateUser(pool, req.user, checkBody(req.body, { name, bio, avatarUrl })));
    })
    .all(allow('GET, HEAD, PATCH'));

  app
    .route('/me/website')
    .put(user, json, async (req, res) => {
      const { url } = checkBody(req.body, { url: rules.websiteUrl }, ['url']);
      await checkWebsite(url);
      send(res, 200, await updateUser(pool, req.user, { website: url }));
    })
    .all(allow('PUT'));

  app
    .route('/articles')
    .post(user, json, async (req, res) => {
      const { slug, title, text, tags, status } = rules;
      const article = checkBody(req.body, { slug, title, text, tags, status }, ['slug', 'title', 'text']);
      const created = await createArticle(pool, req.user, article);
      sendTagged(res.set('Location', `/articles/${created.id}`), 201, created);
    })
    .get(reader, async (req, res) => {
      const query = checkQuery(req, { ...paging, authorId: rules.uuid, tag: rules.tag, q: rules.search });
      send(res, 200, await listArticles(pool, req.user, query));
    })
    .all(allow('GET, HEAD, POST'));

  app
    .route('/articles/import')
    .post(user, textBody('application/xml'), async (req, res) => {
      send(res, 201, await importArticles(pool, req.user, readFeed(req.body)));
    })
    .all(allow('POST'));

  app
    .route('/articles/:articleId')
    .get(reader, async (req, res) => {
      const article = await getArticle(pool, req.user, req.params.articleId);
      if (lists(req.get('If-None-Match')?.replaceAll('W/', ''), article.etag)) res.set('ETag', article.etag).status(304).end();
      else sendTagged(res, 200, article);
    })
    .patch(user, mergePatch, async (req, res) => {
      const { title, text, tags, status } = rules;
      const changes = checkBody(req.body, { title, text, tags, status });
      const ifMatch = req.get('If-Match');
      const isCurrent = (etag) => ifMatch === undefined || lists(ifMatch, etag);
      sendTagged(res, 200, await updateArticle(pool, req.user, req.params.articleId, changes, isCurrent));
    })
    .delete(user, async (req, res) => {
      await deleteArticle(pool, req.user, req.params.articleId);
      res.status(204).end();
    })
    .all(allow('GET, HEAD, PATCH, DELETE'));

  app
    .route('/articles/:articleId/comments')
    .post(user, json, async (req, res) => {
      const comment = checkBody(req.body, { text: rules.comment }, ['text']);
      send(res, 201, await createComment(pool, req.user, req.params.articleId, comment));
    })
    .get(reader, async (req, res) => {
      send(res, 200, await listComments(pool, req.user, req.params.articleId, checkQuery(req, paging)));
    })
    .all(allow('GET, HEAD, POST'));

  app
    .route('/comments/:commentId')
    .delete(user, async (req, res) => {
      await deleteComment(pool, req.user, req.params.commentId);
      res.status(204).end();
    })
    .all(allow('DELETE'));

  app
    .route('/files')
    .post(user, json, async (req, res) => {
      const file = checkBody(req.body, { name: rules.fileName, text: rules.text }, ['name', 'text']);
      const created = await createFile(pool, req.user, file);
      send(res.set('Location', `/files/${created.name}`), 201, created);
    })
    .all(allow('POST'));

  app
    .route('/files/:name')
    .get(async (req, res) => {
      const text = await getFile(pool, req.params.name);
      res.set('Content-Disposition', `attachment; filename="${req.params.name}"`).set('X-Content-Type-Options', 'nosniff');
      sendText(res, 200, 'text/plain; charset=utf-8', text);
    })
    .delete(user, async (req, res) => {
      await deleteFile(pool, req.user, req.params.name);
      res.status(204).end();
    })
    .all(allow('GET, HEAD, DELETE'));

  app
    .route('/continue')
    .get((req, res) => {
      const { to } = checkQuery(req, { to: rules.sitePath }, ['to']);
      res.status(303).set('Location', to).end();
    })
    .all(allow('GET, HEAD'));

  app.use(() => {
    throw notFound();
  });
  app.use(sendProblem);
  return app;
}

/** Middleware: lets scripts of one origin call the API and read its answers. */
function allowOrigin(origin) {
  return (req, res, next) => {
    res.vary('Origin');
    if (!origin || req.get('Origin') !== origin) return next();
    res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'ETag, Location, Retry-After' });
    if (req.method !== 'OPTIONS' || req.get('Access-Control-Request-Method') === undefined) return next();
    res.set({
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match, If-None-Match',
      'Access-Control-Max-Age': '600',
    });
    res.status(204).end();
  };
}

/** Whether a list of entity tags (If-Match, If-None-Match) names this one. */
const lists = (header, etag) => header?.split(',').some((tag) => ['*', etag].includes(tag.trim())) ?? false;

const allow = (methods) => () => {
  throw new Problem(405, `This path answers ${methods}.`, { headers: { Allow: methods } });
};

const send = (res, status, body) =>
  sendText(res, status, status < 400 ? 'application/json' : 'application/problem+json', JSON.stringify(body));

const sendTagged = (res, status, { json, etag }) => sendText(res.set('ETag', etag), status, 'application/json', json);

// Not `res.send`: it answers 304 of its own accord, also where the API does not offer it.
function sendText(res, status, type, text) {
  res.status(status).set('Content-Type', type).set('Content-Length', Buffer.byteLength(text)).end(text);
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
  if (unavailable) return new Problem(503, 'The blog cannot reach its database.', { headers: { 'Retry-After': '1' } });
  return new Problem(500, 'Something went wrong on our side.');
}
