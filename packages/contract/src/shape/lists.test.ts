import { describe, expect, test } from 'vitest';
import { object, shapeOf } from './contract-for-tests.ts';

const todo = { $ref: '#/components/schemas/Todo' };
const todos = { type: 'array', items: todo };
const text = { type: 'string' };

function listOf(answer: string, query = '', extra: object = {}) {
  const { resources } = shapeOf(
    { 'GET /todos': `200 ${answer}${query}`, 'GET /todos/{id}': '200 Todo' },
    {},
    { 'GET /todos': extra },
  );
  return resources[0]?.lists[0];
}

describe('where the items stand', () => {
  test.each([
    ['bare', '[Todo]', ''],
    ['items', object({ items: todos, total: { type: 'integer' } }), '/items'],
    ['data', object({ data: todos, errors: { type: 'array', items: text } }), '/data'],
    ['its own name before others', object({ data: todos, todos }), '/todos'],
    ['content', object({ content: todos, sort: { type: 'array', items: text } }), '/content'],
    ['HAL', object({ _embedded: { type: 'object', properties: { todos } } }), '/_embedded/todos'],
    ['wrapped', object({ data: { type: 'object', properties: { results: todos } } }), '/data/results'],
    ['the only one', object({ found: todos, errors: { type: 'array', items: text } }), '/found'],
    ['a name to escape', object({ 'a/b': todos }), '/a~1b'],
    [
      'a page that is all of a base and more',
      JSON.stringify({
        allOf: [
          { type: 'object', properties: { total: { type: 'integer' } } },
          { type: 'object', properties: { items: todos } },
        ],
      }),
      '/items',
    ],
  ])('%s', (_, answer, items) => {
    expect(listOf(answer)?.items).toBe(items);
  });

  test.each([
    ['two that could be', object({ one: todos, two: todos })],
    ['words and no things', object({ tags: { type: 'array', items: text } })],
    ['nothing', ''],
  ])('%s: no list', (_, answer) => {
    expect(listOf(answer)).toBeUndefined();
  });
});

test('where nothing is said of the answer, a GET lists what is created at its path', () => {
  const listsOf = (answer: string, path = '/todos') =>
    shapeOf({ [`GET ${path}`]: `200 ${answer}`, [`POST ${path}`]: '201 Todo', [`GET ${path}/{id}`]: '200 Todo' }, {})
      .resources[0]?.lists;
  expect(listsOf('{}')).toMatchObject([{ items: null }]);
  expect(listsOf(object({ done: { type: 'boolean' } }))).toEqual([]);
  expect(listsOf('{}', '/profile')).toEqual([]);
});

describe('how a list is paged', () => {
  const next = (pointer: string) => ({ kind: 'pointer', pointer });
  test.each([
    [
      'offset',
      '[Todo]',
      '?limit:integer&offset:integer',
      { style: 'offset', limit: 'limit', position: 'offset', next: null },
    ],
    [
      'skip and take',
      '[Todo]',
      '?take:integer&skip:integer',
      { style: 'offset', limit: 'take', position: 'skip', next: null },
    ],
    [
      'page',
      '[Todo]',
      '?page:integer&per_page:integer',
      { style: 'page', limit: 'per_page', position: 'page', next: null },
    ],
    [
      'pageSize',
      '[Todo]',
      '?pageSize:integer&page:integer',
      { style: 'page', limit: 'pageSize', position: 'page', next: null },
    ],
    [
      'Spring',
      object({ content: todos }),
      '?page:integer&size:integer',
      { style: 'page', limit: 'size', position: 'page', next: null },
    ],
    [
      'JSON:API',
      object({ data: todos }),
      '?page[number]:integer&page[size]:integer',
      { style: 'page', limit: 'page[size]', position: 'page[number]', next: null },
    ],
    [
      'cursor',
      object({ items: todos, nextCursor: text }),
      '?cursor&limit:integer',
      { style: 'cursor', limit: 'limit', position: 'cursor', next: next('/nextCursor') },
    ],
    [
      'starting_after',
      object({ data: todos, has_more: { type: 'boolean' } }),
      '?starting_after&limit:integer',
      { style: 'cursor', limit: 'limit', position: 'starting_after', next: null },
    ],
    [
      'a token in the metadata',
      object({ items: todos, meta: { type: 'object', properties: { next_token: text } } }),
      '?next_token',
      { style: 'cursor', limit: null, position: 'next_token', next: next('/meta/next_token') },
    ],
    [
      'HAL',
      object({
        items: todos,
        _links: { type: 'object', properties: { next: { type: 'object', properties: { href: text } } } },
      }),
      '?page:integer',
      { style: 'page', limit: null, position: 'page', next: next('/_links/next/href') },
    ],
    [
      'a filter named after',
      '[Todo]',
      '?after&limit:integer&offset:integer',
      { style: 'offset', limit: 'limit', position: 'offset', next: null },
    ],
    [
      'what the answer names as the next',
      object({ items: todos, nextBefore: { type: ['integer', 'null'] } }),
      '?before:integer&limit:integer&author:integer',
      { style: 'cursor', limit: 'limit', position: 'before', next: next('/nextBefore') },
    ],
    [
      'after, and the next one in the answer',
      object({ items: todos, next_after: text }),
      '?after&limit:integer',
      { style: 'cursor', limit: 'limit', position: 'after', next: next('/next_after') },
    ],
    [
      'the next year that has any',
      object({ items: todos, nextYear: { type: 'integer', description: 'The next year that has events' } }),
      '?year:integer:Only events of this year&limit:integer',
      null,
    ],
    ['the next free number', object({ items: todos, nextNumber: text }), '?number&limit:integer', null],
    ['the next range', object({ items: todos, nextFrom: text }), '?from&until&limit:integer', null],
    [
      'what is told to be a place',
      object({ items: todos, nextNumber: { type: 'string', description: 'Where the next page begins' } }),
      '?number&limit:integer',
      { style: 'cursor', limit: 'limit', position: 'number', next: next('/nextNumber') },
    ],
    [
      'a filter by pages',
      object({ items: todos, nextLeaf: text }),
      '?leaf:integer:Only those of this page&limit:integer',
      null,
    ],
    [
      'only what is before, and the next one in the answer',
      object({ items: todos, nextBefore: text }),
      '?before:string:Only those with a smaller id&limit:integer',
      { style: 'cursor', limit: 'limit', position: 'before', next: next('/nextBefore') },
    ],
    ['before without a next one', object({ items: todos, nextRun: text }), '?before:integer&limit:integer', null],
    ['a feed of changes', object({ items: todos, nextSince: text }), '?since&limit:integer', null],
    ['a limit alone', '[Todo]', '?limit:integer', null],
    ['a page that is a text', '[Todo]', '?page', null],
    ['from without a limit', '[Todo]', '?from:integer', null],
    [
      'from with a size',
      '[Todo]',
      '?from:integer&size:integer&topic',
      { style: 'offset', limit: 'size', position: 'from', next: null },
    ],
    [
      'a range of times beside pages',
      '[Todo]',
      '?page:integer&per_page:integer&from:integer&to:integer',
      { style: 'page', limit: 'per_page', position: 'page', next: null },
    ],
    ['a range of times', '[Todo]', '?limit:integer&from:integer&to:integer', null],
    ['a range that has a longer name', '[Todo]', '?limit:integer&start:integer&end_time:integer', null],
    [
      'a start beside pages',
      '[Todo]',
      '?size:integer&page:integer&start:integer',
      { style: 'page', limit: 'size', position: 'page', next: null },
    ],
  ])('%s', (_, answer, query, expected) => {
    expect(listOf(answer, query)?.pagination).toEqual(expected);
  });

  test.each([
    ['Unix time of the first', null],
    ['How many to skip, items after this index are returned', 'start'],
    ['Offset, items since index', 'start'],
    ['Those after this one', null],
  ])('a start that is told to be a time is none: %s', (told, position) => {
    expect(listOf('[Todo]', `?limit:integer&start:integer:${told}`)?.pagination?.position ?? null).toBe(position);
  });

  test('with a Link header', () => {
    const headers = { headers: { Link: { schema: { type: 'string' } } } };
    expect(listOf('[Todo]', '?page:integer', headers)?.pagination).toEqual({
      style: 'page',
      limit: null,
      position: 'page',
      next: { kind: 'link-header' },
    });
  });
});
