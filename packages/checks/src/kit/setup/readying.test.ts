import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf, plainCases } from '../requests/cases.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { fillableLists } from './fill.ts';
import { Setup } from './setup.ts';

const number = { type: 'integer', minimum: 1, maximum: 9 };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const item = object({ id: { type: 'integer' }, title: text, made: text });
const state = { ...object({ status: { type: 'string', enum: ['draft', 'published', 'cancelled'] } }), required: [] };
const actions = {
  '/events/{id}/cancel': { post: { operationId: 'cancelEvent', parameters: [id], responses: { '200': said(item) } } },
  '/events/{id}/publish': { post: { operationId: 'publishEvent', parameters: [id], responses: { '200': said(item) } } },
};
const change = {
  patch: { operationId: 'changeEvent', parameters: [id], requestBody: taken(state), responses: { '200': said(item) } },
};

/** Seats are for events, and orders for seats; an event is sold once it is published. */
function shop(ways: 'action' | 'change' | 'both' | 'none') {
  const contract = contractOf({
    '/events': {
      post: { operationId: 'addEvent', requestBody: taken(object({ title: text })), responses: { '201': said(item) } },
    },
    '/events/{id}': {
      get: { operationId: 'getEvent', parameters: [id], responses: { '200': said(item) } },
      ...(ways === 'change' || ways === 'both' ? change : {}),
    },
    '/events/{id}/seats': {
      post: {
        operationId: 'addSeat',
        parameters: [id],
        requestBody: taken(object({ title: text })),
        responses: { '201': said(item) },
      },
    },
    '/seats/{id}': { get: { operationId: 'getSeat', parameters: [id], responses: { '200': said(item) } } },
    '/orders': {
      post: {
        operationId: 'addOrder',
        requestBody: taken({
          ...object({ seatId: { type: 'integer' }, count: number }),
          required: ['seatId', 'count'],
        }),
        responses: { '201': said(object({ id: { type: 'integer' } })) },
      },
    },
    '/orders/{id}': { get: { operationId: 'getOrder', parameters: [id], responses: { '200': said(item) } } },
    ...(ways === 'action' || ways === 'both' ? actions : {}),
  } as Json);
  const published = new Set<number>();
  const lines: string[] = [];
  let last = 0;
  const events = new Map<number, number>();
  const instance = scripted((line, body) => {
    lines.push(line);
    const own = Number(/\/(\d+)/.exec(line)?.[1]);
    const sent = (body ?? {}) as Readonly<Record<string, Json>>;
    if (line.endsWith('/publish') || (line.startsWith('PATCH') && sent['status'] === 'published')) {
      published.add(own);
      return [200, { id: own, title: 'a' }];
    }
    if (line.startsWith('PATCH')) return published.has(own) ? [200, { id: own }] : [409];
    if (line.endsWith('/seats')) events.set(last + 1, own);
    if (line === 'POST /orders' && !published.has(events.get(Number(sent['seatId'])) ?? 0)) return [409];
    return line.startsWith('POST') ? [201, { id: (last += 1), title: 'a' }] : [404];
  });
  const context = contextOf(contract, instance);
  return { context, setup: new Setup(context), lines };
}

describe('what has to be in another state first', () => {
  it.each(['action', 'change'] as const)('is brought into it, by %s, and so is the next such thing', async (way) => {
    const { context, setup, lines } = shop(way);
    expect(await setup.make('orders')).toMatchObject({ resource: 'orders' });
    expect(lines.join(' ')).not.toContain('cancel');
    const refused = lines.filter((line) => line === 'POST /orders').length - 1;
    expect(refused).toBe(1);
    // Another check knows what helped, and does it before the request is sent.
    const other = new Setup(context);
    const operation = operationOf(context.contract, 'addOrder');
    const [plain] = plainCases(context, operation).take(1);
    if (plain === undefined) throw new Error('no case');
    const before = lines.length;
    await other.bind(operation, plain);
    expect(lines.slice(before).map((line) => line.replaceAll(/\d+/g, 'N'))).toEqual([
      'POST /events',
      'POST /events/N/seats',
      way === 'action' ? 'POST /events/N/publish' : 'PATCH /events/N',
    ]);
  });

  it('is not looked for without end where there is no way', async () => {
    const { setup, lines } = shop('none');
    await expect(setup.make('orders')).rejects.toThrow('POST /orders answered 409');
    expect(lines.length).toBeLessThan(30);
  });

  it('is given what has to be in it', async () => {
    const made = { '201': said(item) };
    const contract = contractOf({
      '/books': { post: { operationId: 'addBook', requestBody: taken(object({ title: text })), responses: made } },
      '/books/{id}': { get: { operationId: 'getBook', parameters: [id], responses: { '200': said(item) } } },
      '/books/{id}/copies': {
        post: {
          operationId: 'addCopy',
          parameters: [id],
          requestBody: taken(object({ shelf: text })),
          responses: made,
        },
      },
      '/copies/{id}': { get: { operationId: 'getCopy', parameters: [id], responses: { '200': said(item) } } },
      '/loans': {
        get: { operationId: 'listLoans', responses: { '200': said({ type: 'array', items: item }) } },
        post: {
          operationId: 'addLoan',
          requestBody: taken({ ...object({ bookId: { type: 'integer' } }), required: ['bookId'] }),
          responses: made,
        },
      },
      '/loans/{id}': { get: { operationId: 'getLoan', parameters: [id], responses: { '200': said(item) } } },
    } as Json);
    const copies = new Map<number, number>();
    let last = 0;
    const instance = scripted((line, body) => {
      const book = Number(
        /^POST \/books\/(\d+)\/copies/.exec(line)?.[1] ?? (body as { bookId?: number } | undefined)?.bookId,
      );
      const left = copies.get(book) ?? 0;
      if (line.endsWith('/copies')) copies.set(book, left + 1);
      if (line === 'POST /loans' && left === 0) return [409];
      if (line === 'POST /loans') copies.set(book, left - 1);
      return line.startsWith('POST') ? [201, { id: (last += 1), title: 'a', made: 'b' }] : [404];
    });
    // Lists are filled by it, too.
    const filling = contextOf(contract, instance);
    const { lists } = await fillableLists(filling, new Setup(filling));
    expect(await lists.find(({ list }) => list.operation === 'listLoans')?.fill(4)).toBe(4);
    const setup = new Setup(contextOf(contract, instance));
    for (let round = 0; round < 4; round += 1) expect(await setup.make('loans')).toMatchObject({ resource: 'loans' });
  });

  it('is not done between a read of a thing and its change', async () => {
    const { context, setup, lines } = shop('both');
    const event = await setup.make('events');
    const operation = operationOf(context.contract, 'changeEvent');
    const [plain] = plainCases(context, operation).take(1);
    if (plain === undefined) throw new Error('no case');
    const request = {
      ...plain,
      path: { id: event.id },
      body: { mediaType: 'application/json', value: { status: 'draft' } },
    };
    expect(await setup.readyings.sent(setup, operation, request)).not.toBeNull();
    const next = await new Setup(context).make('events');
    lines.length = 0;
    await new Setup(context).bind(operation, request, { 'path:id': next.id });
    expect(lines).toEqual([]);
  });
});
