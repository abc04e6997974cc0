import { isJsonObject, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { viewOf } from '../reading/api-view.ts';
import { operationOf } from '../requests/cases.ts';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { faultSubject } from './fault-subjects.ts';

const book = {
  type: 'object',
  required: ['isbn'],
  additionalProperties: false,
  properties: { isbn: { type: 'string', pattern: '^[0-9]{13}$' } },
};
const contract = contractOf({
  '/books': {
    post: {
      operationId: 'createBook',
      requestBody: { required: true, content: { 'application/json': { schema: book } } },
      responses: {
        201: { description: 'made', content: { 'application/json': { schema: { type: 'object' } } } },
        409: { description: 'there is one' },
      },
    },
  },
});

/** The bodies that a subject sends when it is prepared twice, to a backend that takes a book or not. */
async function sent(accepts: (isbn: Json, earlier: readonly Json[]) => boolean): Promise<readonly [Json, Json]> {
  const seen: Json[] = [];
  const backend = scripted((_line, body) => {
    const isbn = isJsonObject(body) ? (body['isbn'] ?? null) : null;
    const accepted = accepts(isbn, seen);
    seen.push(isbn);
    return accepted ? [201, { id: seen.length }] : [409];
  });
  const context = contextOf(contract, backend);
  const subject = await faultSubject(context, new Setup(context), operationOf(contract, 'createBook'));
  return [(await subject.prepare()).sent ?? null, (await subject.prepare()).sent ?? null];
}

it('sends the same request again where that is accepted', async () => {
  const [first, second] = await sent(() => true);
  expect(first).toEqual(second);
});

it('sends other texts each time where those of before are taken', async () => {
  const [first, second] = await sent((isbn, earlier) => !earlier.includes(isbn));
  expect(first).not.toEqual(second);
});

it('watches a list page by page, with no more items on one than the contract allows', async () => {
  const list = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } };
  const parameters = ['limit', 'offset'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'integer', maximum: name === 'limit' ? 20 : 999 },
  }));
  const books = contractOf({
    '/books': {
      get: {
        operationId: 'listBooks',
        parameters,
        responses: { 200: { description: '', content: { 'application/json': { schema: list } } } },
      },
      post: { operationId: 'createBook', responses: { 201: { description: '' } } },
    },
  } as never);
  const backend = scripted((line) => {
    const query = new URLSearchParams(line.split('?')[1]);
    if (line.startsWith('POST')) return [201, { id: 1 }];
    const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
    return limit > 20
      ? [422]
      : [200, Array.from({ length: Math.min(limit, 30 - offset) }, (_, id) => ({ id: offset + id }))];
  });
  const context = contextOf(books, backend);
  const { prepare } = await faultSubject(context, new Setup(context), operationOf(books, 'createBook'));
  expect((await viewOf(backend, (await prepare()).watched))?.lists['listBooks']).toHaveLength(30);
});
