import { describe, expect, test } from 'vitest';
import { readContract } from '../openapi/read-contract.ts';
import { inferShape } from './infer-shape.ts';

const answer = (status: string, schema: object) => ({
  [status]: { description: 'ok', content: { 'application/json': { schema } } },
});

/** What `POST /products` and `GET /products` need, when they have a field of this name and schema, beside resources with ids of this schema. */
function bindings(name: string, field: object, id: object = { type: 'integer' }, resource = 'categories') {
  const thing = { type: 'object', properties: { id } };
  const body = { type: 'object', properties: { [name]: field } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      [`/${resource}`]: {
        post: { requestBody: { content: { 'application/json': { schema: {} } } }, responses: answer('201', thing) },
      },
      [`/${resource}/{id}`]: {
        get: { parameters: [{ name: 'id', in: 'path', required: true, schema: id }], responses: answer('200', thing) },
      },
      '/products': {
        post: { requestBody: { content: { 'application/json': { schema: body } } }, responses: answer('201', thing) },
        get: {
          parameters: [{ name, in: 'query', schema: field }],
          responses: answer('200', { type: 'array', items: thing }),
        },
      },
    },
  };
  const shape = inferShape(readContract({ path: 'openapi.json', text: JSON.stringify(document) }));
  return ['POST /products', 'GET /products'].flatMap((operation) =>
    (shape.bindings[operation] ?? []).map(({ target, resource: to }) => `${target} = ${to}`),
  );
}

describe('a field that is named like a resource', () => {
  const uuid = { type: 'string', format: 'uuid' };

  test('holds its id when it is of the same type', () => {
    const both = ['body:/category = categories', 'query:category = categories'];
    expect(bindings('category', { type: 'integer' })).toEqual(both);
    expect(bindings('category', { type: ['integer', 'null'] })).toEqual(both);
    expect(bindings('category', uuid, uuid)).toEqual(both);
    expect(bindings('category', { ...uuid, format: 'uuid4' }, { ...uuid, format: 'uuid4' })).toEqual(both);
  });

  test('is a value of its own otherwise', () => {
    expect(bindings('category', { type: 'string' })).toEqual([]);
    expect(bindings('category', { type: 'integer' }, uuid)).toEqual([]);
    expect(bindings('category', { type: 'integer', enum: [1, 2] })).toEqual([]);
    expect(bindings('page', { type: 'integer' }, { type: 'integer' }, 'pages')).toEqual([]);
  });
});

describe('a field that is named like nothing', () => {
  const ref = { type: 'string', pattern: '^w_[a-z2-7]{12}$' };

  test('holds the id of the one resource whose ids have its pattern', () => {
    expect(bindings('from', ref, ref)).toEqual(['body:/from = categories']);
  });

  test('is a value of its own where its pattern is that of many texts, or of no id', () => {
    const word = { type: 'string', pattern: '^[a-z]+$' };
    expect(bindings('from', word, word)).toEqual([]);
    expect(bindings('from', ref, { type: 'string' })).toEqual([]);
    expect(bindings('from', { type: 'string' }, { type: 'string' })).toEqual([]);
  });
});
