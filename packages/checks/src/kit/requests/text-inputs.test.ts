import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { textInputs } from './text-inputs.ts';

const text = { type: 'string' };
const operation = (parameters: Json, properties?: Json): Json => ({
  parameters,
  ...(properties === undefined
    ? {}
    : { requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } } }),
  responses: { '200': { description: 'ok' } },
});
const placesOf = (paths: Json): readonly string[] => textInputs(contractOf(paths)).map(({ place }) => place);

describe('textInputs', () => {
  it('names every place that takes a free text', () => {
    const parameters: readonly Json[] = [
      { name: 'q', in: 'query', schema: text },
      { name: 'sort', in: 'query', schema: { type: 'string', enum: ['a', 'b'] } },
      { name: 'limit', in: 'query', schema: { type: 'integer' } },
      { name: 'X-Team', in: 'header', schema: text },
      { name: 'If-Match', in: 'header', schema: text },
    ];
    const properties = {
      title: text,
      'a/b': { type: ['string', 'null'] },
      done: { type: 'boolean' },
      tags: { type: 'array', items: text },
      owner: { type: 'object', properties: { name: text, id: { type: 'string', readOnly: true } } },
    };
    expect(placesOf({ '/a': { post: operation(parameters, properties) } })).toEqual([
      'query:q',
      'header:X-Team',
      'body:/title',
      'body:/a~1b',
      'body:/tags',
      'body:/owner/name',
    ]);
  });

  it('names what takes one of a few texts when asked for', () => {
    const sort: Json = { name: 'sort', in: 'query', schema: { type: 'string', enum: ['a', 'b'] } };
    const contract = contractOf({ '/a': { get: operation([sort]) } });
    expect(textInputs(contract)).toEqual([]);
    expect(textInputs(contract, { choices: true })).toMatchObject([{ place: 'query:sort' }]);
  });

  it('follows references, and leaves lists of lists and what signs out alone', () => {
    const contract = contractOf(
      {
        '/a': { post: operation([], { name: { $ref: '#/components/schemas/Name' } }) },
        '/logout': { post: operation([{ name: 'next', in: 'query', schema: text }]) },
      },
      { Name: { type: 'string', maxLength: 5 } },
    );
    expect(textInputs(contract)).toMatchObject([{ place: 'body:/name', many: false, schema: { maxLength: 5 } }]);
  });

  it('names texts in the first of a list of objects, also where the body is one', () => {
    const target: Json = { type: 'object', properties: { url: text, tags: { type: 'array', items: text } } };
    const targets: Json = { type: 'array', items: target };
    expect(placesOf({ '/a': { post: operation([], { targets }) } })).toEqual([
      'body:/targets/0/url',
      'body:/targets/0/tags',
    ]);
    const body = { content: { 'application/json': { schema: targets } } };
    const bulk = { requestBody: body, responses: { '200': { description: 'ok' } } };
    expect(placesOf({ '/a': { post: bulk } })).toEqual(['body:/0/url', 'body:/0/tags']);
  });

  it('asks of an operation that deletes only what it deletes', () => {
    const parameters: readonly Json[] = [
      { name: 'id', in: 'path', required: true, schema: text },
      { name: 'reason', in: 'query', schema: text },
    ];
    expect(placesOf({ '/a/{id}': { delete: operation(parameters) } })).toEqual(['path:id']);
  });
});
