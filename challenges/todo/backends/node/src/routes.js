import { readJson } from './http.js';
import { checkPatch, checkTodo, readQuery, tagQuery, todoQuery } from './input.js';
import { Problem } from './problem.js';
import * as todos from './todos.js';

export function createRoutes(database) {
  return [
    {
      pattern: /^\/todos$/,
      methods: {
        GET: async (request) => ({ status: 200, body: await todos.listTodos(database, readQuery(request, todoQuery)) }),
        POST: async (request) => {
          const input = checkTodo(await readJson(request, 'application/json'));
          const { todo, etag } = await todos.createTodo(database, input);
          return { status: 201, headers: { Location: `/todos/${todo.id}`, ETag: etag }, body: todo };
        },
      },
    },
    {
      pattern: /^\/todos\/(?<id>[^/]+)$/,
      methods: {
        GET: async (request, { id }) => {
          const { todo, etag } = found(await todos.findTodo(database, readId(id)));
          const known = names(request.headers['if-none-match'], etag, `W/${etag}`);
          return known ? { status: 304, headers: { ETag: etag } } : { status: 200, headers: { ETag: etag }, body: todo };
        },
        PUT: async (request, { id }) => {
          const input = checkTodo(await readJson(request, 'application/json'));
          return update(request, id, input);
        },
        PATCH: async (request, { id }) => {
          const input = checkPatch(await readJson(request, 'application/merge-patch+json'));
          return update(request, id, input);
        },
        DELETE: async (request, { id }) => {
          found(await todos.deleteTodo(database, readId(id), guardOf(request)));
          return { status: 204 };
        },
      },
    },
    {
      pattern: /^\/tags$/,
      methods: {
        GET: async (request) => ({ status: 200, body: await todos.listTags(database, readQuery(request, tagQuery)) }),
      },
    },
  ];

  /** `changes` has every property after a PUT, and those that were sent after a PATCH. */
  async function update(request, id, changes) {
    const { todo, etag } = found(await todos.updateTodo(database, readId(id), changes, guardOf(request)));
    return { status: 200, headers: { ETag: etag }, body: todo };
  }
}

function found(result) {
  if (!result) throw new Problem(404, 'There is no such todo.');
  return result;
}

function readId(id) {
  return found(/^[1-9]\d{0,9}$/.test(id) && Number(id) <= 2_147_483_647 && Number(id));
}

/** Whether the header field is `*` or lists one of the entity tags. */
function names(field, ...etags) {
  return field !== undefined && (field.trim() === '*' || field.split(',').some((tag) => etags.includes(tag.trim())));
}

function guardOf(request) {
  const field = request.headers['if-match'];
  return (etag) => {
    if (field !== undefined && !names(field, etag)) throw new Problem(412, 'The todo has changed since.');
  };
}
