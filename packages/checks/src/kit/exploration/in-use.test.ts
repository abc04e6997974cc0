import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { status } from '../words.ts';
import { deletionsInUse } from './in-use.ts';

const said = (description: string) => ({ description });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const create = (properties: object) => ({
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } },
  },
  responses: {
    201: { ...said('made'), content: { 'application/json': { schema: { properties: { id: { type: 'string' } } } } } },
  },
});
const library = contractOf({
  '/authors': { post: create({ name: { type: 'string', maxLength: 40 } }) },
  '/authors/{id}': {
    parameters: [id],
    get: { responses: { 200: said('it'), 404: said('none') } },
    delete: { operationId: 'deleteAuthor', responses: { 204: said('gone'), 409: said('in use') } },
  },
  '/books': { post: create({ title: { type: 'string', maxLength: 40 }, authorId: { type: 'string' } }) },
  '/books/{id}': { parameters: [id], get: { responses: { 200: said('it') } } },
} as never);

/** @param inUse what it answers for an author who has a book. */
function backend(inUse: number) {
  let made = 0;
  const authors = new Set<string>();
  return scripted((line, body: Json | undefined) => {
    if (line === 'POST /books' && isJsonObject(body)) authors.add(String(body['authorId']));
    if (line.startsWith('POST')) return [201, { id: `n${(made += 1)}` }];
    return line.startsWith('DELETE') ? [authors.has(line.split('/').at(-1) ?? '') ? inUse : 204] : [200, {}];
  });
}

describe('deletionsInUse', () => {
  it('deletes a thing that another one refers to', async () => {
    const context = contextOf(library, backend(500));
    const found = await deletionsInUse(context, operationOf(library, 'deleteAuthor'));
    expect(found.map(({ by, exchange }) => [by, status(exchange)])).toEqual([['books', 500]]);
  });

  it('has nothing to delete where nothing refers to it', async () => {
    const alone = { ...library, operations: library.operations.filter(({ path }) => !path.startsWith('/books')) };
    expect(await deletionsInUse(contextOf(alone, backend(500)), operationOf(alone, 'deleteAuthor'))).toEqual([]);
  });
});
