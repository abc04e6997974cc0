import { describe, expect, test } from 'vitest';
import type { Resource } from '../vocabulary/operation.ts';
import { object, shapeOf, type Sketch } from './contract-for-tests.ts';

const none = {
  create: null,
  read: null,
  replace: null,
  patch: null,
  remove: null,
  lists: [],
  idParameter: null,
  idPointer: null,
};
const resources = (
  sketch: Sketch,
  schemas?: Readonly<Record<string, unknown>>,
  extra?: Readonly<Record<string, object>>,
) => shapeOf(sketch, schemas, extra).resources;
const only = (...parameters: Parameters<typeof resources>): Resource | undefined => {
  const found = resources(...parameters);
  expect(found).toHaveLength(1);
  return found[0];
};

describe('the operations of a resource', () => {
  test('the usual six', () => {
    const sketch = {
      'GET /api/v1/todos': '200 [Todo]',
      'POST /api/v1/todos': '201 Todo <Todo',
      'GET /api/v1/todos/{id}': '200 Todo',
      'PUT /api/v1/todos/{id}': '200 Todo <Todo',
      'PATCH /api/v1/todos/{id}': '200 Todo <Todo',
      'DELETE /api/v1/todos/{id}': '204',
    };
    expect(resources(sketch)).toEqual([
      {
        name: 'todos',
        create: 'POST /api/v1/todos',
        read: 'GET /api/v1/todos/{id}',
        replace: 'PUT /api/v1/todos/{id}',
        patch: 'PATCH /api/v1/todos/{id}',
        remove: 'DELETE /api/v1/todos/{id}',
        lists: [{ operation: 'GET /api/v1/todos', items: '', pagination: null }],
        idParameter: 'id',
        idPointer: '/id',
      },
    ]);
  });

  test('verbs in the paths that repeat the method', () => {
    expect(
      only({
        'GET /todos/': '200 [Todo]',
        'GET /todos/{todo_id}': '200 Todo',
        'POST /create_todo/': '201 Todo <Todo',
        'PUT /update_todo/{todo_id}': '204 <Todo',
        'DELETE /delete_todo/{todo_id}': '204',
      }),
    ).toMatchObject({
      name: 'todos',
      create: 'POST /create_todo/',
      read: 'GET /todos/{todo_id}',
      replace: 'PUT /update_todo/{todo_id}',
      remove: 'DELETE /delete_todo/{todo_id}',
      lists: [{ operation: 'GET /todos/' }],
    });
    expect(
      only({
        'GET /users/GetAllUsers': '200 [Todo]',
        'POST /users/CreateUser': '201 Todo <Todo',
        'GET /users/{id}': '200 Todo',
        'DELETE /users/Delete/{id}': '204',
      }),
    ).toMatchObject({
      create: 'POST /users/CreateUser',
      remove: 'DELETE /users/Delete/{id}',
      lists: [{ operation: 'GET /users/GetAllUsers' }],
    });
    const both = {
      'POST /todos/add': '201 Todo <Todo',
      'POST /todos': '201 Todo <Todo',
      'GET /todos/{id}': '200 Todo',
    };
    expect(only(both)).toMatchObject({ create: 'POST /todos' });
  });

  test('trailing slashes, and singular beside plural', () => {
    expect(
      only({ 'POST /todos/': '201 Todo <Todo', 'GET /todos/{id}': '200 Todo', 'DELETE /todos/{id}/': '204' }),
    ).toMatchObject({ create: 'POST /todos/', remove: 'DELETE /todos/{id}/' });
    expect(
      only({ 'POST /category': '201 Todo <Todo', 'GET /categories': '200 [Todo]', 'GET /category/{id}': '200 Todo' }),
    ).toMatchObject({
      create: 'POST /category',
      read: 'GET /category/{id}',
      lists: [{ operation: 'GET /categories' }],
    });
  });

  test('PUT on the item creates when it may answer 201, and the client chooses the id', () => {
    const { resources: found, bindings } = shapeOf({
      'PUT /notes/{slug}': '201 Todo <Todo',
      'GET /notes/{slug}': '200 Todo',
    });
    expect(found).toEqual([
      {
        ...none,
        name: 'notes',
        create: 'PUT /notes/{slug}',
        replace: 'PUT /notes/{slug}',
        read: 'GET /notes/{slug}',
        idParameter: 'slug',
      },
    ]);
    expect(bindings).toEqual({ 'GET /notes/{slug}': [{ target: 'path:slug', resource: 'notes' }] });
    expect(only({ 'PUT /notes/{slug}': '200 Todo <Todo', 'GET /notes/{slug}': '200 Todo' })?.create).toBeNull();
  });

  test('an action is no creation', () => {
    expect(resources({ 'POST /login': '200 Todo <Todo', 'GET /health': '200 Todo' })).toEqual([]);
    expect(only({ 'GET /todos/{id}': '200 Todo', 'POST /todos/{id}/complete': '201 Todo' })?.name).toBe('todos');
    expect(only({ 'POST /tickets': '201 Todo <Todo' })).toMatchObject({ name: 'tickets', create: 'POST /tickets' });
  });

  test('POST on the item changes it where nothing else does', () => {
    expect(only({ 'GET /users/{id}': '200 Todo', 'POST /users/{id}': '200 Todo <Todo' })).toMatchObject({
      patch: 'POST /users/{id}',
      create: null,
    });
  });

  test('a path with a list in its answer takes a filter, not an id', () => {
    expect(resources({ 'GET /repositories/{owner}': '200 [Todo]' })).toEqual([]);
  });

  test('lists behind a collection belong to it when they hold the same', () => {
    const sketch = {
      'GET /todos/{id}': '200 Todo',
      'POST /todos': '201 Todo <Todo',
      'GET /todos/search': '200 [Todo]',
      'GET /todos/tags': '200 [Tag]',
      'GET /todos/me': '200 Todo',
    };
    expect(only(sketch, { Tag: { type: 'object', properties: { name: { type: 'string' } } } })?.lists).toEqual([
      { operation: 'GET /todos/search', items: '', pagination: null },
    ]);
  });

  test('nested resources have names of their own', () => {
    const names = resources({
      'GET /accounts/{accountId}/entries/{entryId}': '200 Todo',
      'GET /accounts/{accountId}': '200 Todo',
      'GET /users/{id}/accounts/{accountId}': '200 Todo',
    }).map(({ name }) => name);
    expect(names).toEqual(['entries', 'accounts', '/users/{id}/accounts']);
  });

  test('shallow nesting: created below the parent, read at the root', () => {
    const found = resources(
      {
        'GET /accounts/{id}': '200 Account',
        'POST /accounts/{accountId}/entries': '201 Todo <Todo',
        'GET /accounts/{accountId}/entries': '200 [Todo]',
        'GET /entries/{id}': '200 Todo',
      },
      { Account: { type: 'object' } },
    );
    expect(found.find(({ name }) => name === 'entries')).toMatchObject({
      create: 'POST /accounts/{accountId}/entries',
      read: 'GET /entries/{id}',
      lists: [{ operation: 'GET /accounts/{accountId}/entries' }],
    });
    const changed = resources(
      {
        'GET /accounts/{id}': '200 Account',
        'POST /accounts/{accountId}/entries': '201 Todo <Todo',
        'PATCH /entries/{id}': '200 Todo <Todo',
      },
      { Account: { type: 'object' } },
    );
    expect(changed.find(({ name }) => name === 'entries')).toMatchObject({
      create: 'POST /accounts/{accountId}/entries',
      patch: 'PATCH /entries/{id}',
    });
    const deleted = {
      'GET /accounts/{id}': '200 Account',
      'POST /accounts/{accountId}/entries': '201 Todo <Todo',
      'DELETE /entries/{id}': '204',
    };
    const account = { Account: { type: 'object' } };
    expect(resources(deleted, account).find(({ name }) => name === 'entries')).toMatchObject({
      create: 'POST /accounts/{accountId}/entries',
      remove: 'DELETE /entries/{id}',
    });
    const twice = { ...deleted, 'POST /users/{userId}/entries': '201 Account <Todo', 'GET /users/{id}': '200 Account' };
    expect(resources(twice, account).find(({ name }) => name === 'entries')?.create).toBeNull();
    // What is shown where it is at home is put elsewhere, and not made there.
    const cart = {
      'GET /products/{id}': '200',
      'DELETE /products/{id}': '204',
      'GET /carts/{id}': '200 Account',
      'POST /carts/{cartId}/products': '201 Account <Todo',
    };
    expect(resources(cart, account).find(({ name }) => name === 'products')?.create).toBeNull();
  });
});

describe('where the id of a created thing stands', () => {
  const pointer = (answer: string, parameter = 'id', extra: object = {}) =>
    only({ 'POST /todos': `201 ${answer}`, [`GET /todos/{${parameter}}`]: '200 Todo' }, {}, { 'POST /todos': extra })
      ?.idPointer;
  const text = { type: 'string' };
  const inData = (name: string) => {
    const thing = { type: 'object', properties: { id: text } };
    return object({ status: text, data: { type: 'object', properties: { [name]: thing } } });
  };
  test.each([
    ['id', object({ title: text, id: text }), 'id', '/id'],
    ['the name of the parameter', object({ id: text, todoId: text }), 'todoId', '/todoId'],
    ['the name of the parameter, written otherwise', object({ todo_id: text }), 'todoId', '/todo_id'],
    ['_id', object({ _id: text }), 'todoId', '/_id'],
    ['id for {todoId}', object({ id: text }), 'todoId', '/id'],
    ['uuid', object({ uuid: text }), 'id', '/uuid'],
    ['slug', object({ id: text, slug: text }), 'slug', '/slug'],
    ['no slug', object({ id: text }), 'slug', null],
    ['name for {todoName}', object({ name: text, id: text }), 'todoName', '/name'],
    ['data', object({ data: { type: 'object', properties: { id: text } } }), 'id', '/data/id'],
    ['its own name', object({ todo: { type: 'object', properties: { id: text } } }), 'id', '/todo/id'],
    ['its own name in data', inData('todo'), 'id', '/data/todo/id'],
    ['another name in data', inData('user'), 'id', null],
    [
      'the one read-only id',
      object({ title: text, itemId: { ...text, readOnly: true }, listId: text }),
      'id',
      '/itemId',
    ],
    ['an id that is an object', object({ id: { type: 'object' } }), 'id', null],
    ['a foreign id alone', object({ userId: text }), 'id', null],
    ['allOf', '{"allOf": [{"$ref": "#/components/schemas/Todo"}, {"type": "object"}]}', 'id', '/id'],
    ['nothing', '', 'id', null],
  ])('%s', (_, answer, parameter, expected) => {
    expect(pointer(answer, parameter)).toBe(expected);
  });

  test('a link says it outright', () => {
    const link = (expression: string) => ({
      links: { read: { operationId: 'GET /todos/{id}', parameters: { id: expression } } },
    });
    expect(pointer(object({ id: text, key: text }), 'id', link('$response.body#/key'))).toBe('/key');
    expect(pointer(object({ id: text }), 'id', link('$response.header.Location'))).toBeNull();
  });
});
