import { isJsonObject, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { viewOf } from '../reading/api-view.ts';
import { operationOf } from '../requests/cases.ts';
import { Setup } from '../setup/setup.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { faultSubject, operationsToCut } from './fault-subjects.ts';

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

it('puts a thing to use where an action needs that, anew each time', async () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const event = object({ id: { type: 'integer' }, title: text });
  const events = contractOf({
    '/events': {
      post: { operationId: 'addEvent', requestBody: taken(object({ title: text })), responses: { 201: said(event) } },
    },
    '/events/{id}': { get: { operationId: 'getEvent', parameters: [id], responses: { 200: said(event) } } },
    '/events/{id}/call-off': {
      post: { operationId: 'callOff', parameters: [id], responses: { 200: said(event) } },
    },
    '/tickets': {
      post: {
        operationId: 'buy',
        requestBody: taken(object({ eventId: { type: 'integer' } })),
        responses: { 201: said(object({ id: { type: 'integer' } })) },
      },
    },
    '/tickets/{id}': { get: { operationId: 'getTicket', parameters: [id], responses: { 200: said(event) } } },
  } as Json);
  let last = 0;
  const sold = new Set<number>();
  const backend = scripted((line, body) => {
    if (line.endsWith('/call-off')) return sold.delete(Number(/\d+/.exec(line)?.[0])) ? [200, { id: 1 }] : [409];
    if (line === 'POST /tickets' && isJsonObject(body)) sold.add(Number(body['eventId']));
    return [line.startsWith('POST') ? 201 : 200, { id: (last += 1), title: 'a' }];
  });
  const context = contextOf(events, backend);
  const subject = await faultSubject(context, new Setup(context), operationOf(events, 'callOff'));
  for (const { request } of [await subject.prepare(), await subject.prepare()])
    expect((await backend.send(request)).response?.status).toBe(200);
  const [wide] = subject.wider;
  expect((await wide?.())?.watched.things.map(({ label }) => label)).toEqual(['events', 'tickets']);
});

it('has actions on things cut before changes of what they say of themselves, and nobody signed out', () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const one = (operationId: string) => ({ operationId, parameters: [id], responses: { 200: { description: '' } } });
  const things = contractOf({
    '/things/{id}': { get: one('read'), patch: one('change') },
    '/things/{id}/cancel': { post: one('cancel') },
    '/log-out': { post: { operationId: 'leave', responses: { 204: { description: '' } } } },
  } as Json);
  const context = contextOf(
    things,
    scripted(() => [404]),
  );
  expect(operationsToCut(context).map((operation) => operation.id)).toEqual(['cancel', 'change']);
});
