import express from 'express';
import { readPatch, readQuery, readTodo, tagQuery, todoQuery } from './input.js';
import { Problem, sendProblem } from './problem.js';
import * as todos from './todos.js';

export function createApp(database) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // Entity tags come from the todo's version.
  app.enable('strict routing');
  app.enable('case sensitive routing');

  app
    .route('/todos')
    .get(async (request, response) => {
      response.json(await todos.listTodos(database, readQuery(request, todoQuery)));
    })
    .post(readTodo, async (request, response) => {
      const { todo, etag } = await todos.createTodo(database, request.body);
      response.status(201).location(`/todos/${todo.id}`).set('ETag', etag).json(todo);
    })
    .all(notAllowed('GET, HEAD, POST'));

  app
    .route('/todos/:id')
    .get(async (request, response) => {
      const { todo, etag } = found(await todos.findTodo(database, readId(request)));
      response.set('ETag', etag);
      if (names(request.get('If-None-Match'), etag, `W/${etag}`)) return response.status(304).end();
      response.json(todo);
    })
    .put(readTodo, update)
    .patch(readPatch, update)
    .delete(async (request, response) => {
      found(await todos.deleteTodo(database, readId(request), guardOf(request)));
      response.status(204).end();
    })
    .all(notAllowed('GET, HEAD, PUT, PATCH, DELETE'));

  app
    .route('/tags')
    .get(async (request, response) => {
      response.json(await todos.listTags(database, readQuery(request, tagQuery)));
    })
    .all(notAllowed('GET, HEAD'));

  // After `readTodo` every property is there, after `readPatch` only those that were sent.
  async function update(request, response) {
    const { todo, etag } = found(
      await todos.updateTodo(database, readId(request), request.body, guardOf(request)),
    );
    response.set('ETag', etag).json(todo);
  }

  app.use(() => {
    throw new Problem(404, 'There is nothing at this path.');
  });
  app.use(sendProblem);
  return app;
}

function notAllowed(allow) {
  return (_request, response) => {
    response.set('Allow', allow);
    throw new Problem(405, `The methods here are ${allow}.`);
  };
}

function found(result) {
  if (!result) throw new Problem(404, 'There is no such todo.');
  return result;
}

function readId(request) {
  const { id } = request.params;
  return found(/^[1-9][0-9]{0,9}$/.test(id) && Number(id) <= 2_147_483_647 && Number(id));
}

/** Whether the header field is `*` or lists one of the entity tags. */
function names(field, ...etags) {
  return field !== undefined && (field.trim() === '*' || field.split(',').some((tag) => etags.includes(tag.trim())));
}

function guardOf(request) {
  const field = request.get('If-Match');
  return (etag) => {
    if (field !== undefined && !names(field, etag)) throw new Problem(412, 'The todo has changed since.');
  };
}
