import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { type Answer, contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { Setup } from './setup.ts';

const said = (description: string) => ({ description });
const integer = { type: 'integer', minimum: 1 };
const parameter = (name: string) => ({ name, in: 'path', required: true, schema: integer });
const create = (operationId: string, properties: object) => ({
  operationId,
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } },
  },
  responses: {
    201: { ...said('made'), content: { 'application/json': { schema: { properties: { id: integer } } } } },
  },
});
const name = { type: 'string', maxLength: 40 };
const contract = contractOf({
  '/events': { post: create('createEvent', { name }) },
  '/events/{event_id}': { parameters: [parameter('event_id')], get: { responses: { 200: said('it') } } },
  '/events/{event_id}/ticket-types': {
    parameters: [parameter('event_id')],
    post: create('createType', { name }),
    get: { responses: { 200: said('all') } },
  },
  '/orders': {
    post: create('createOrder', {
      event: integer,
      items: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', required: ['ticket_type'], properties: { ticket_type: integer } },
      },
    }),
  },
  '/events/{event_id}/tickets': {
    parameters: [parameter('event_id')],
    post: create('createTicket', { name }),
    get: { responses: { 200: said('all') } },
  },
  '/orders/{id}': { parameters: [parameter('id')], get: { responses: { 200: said('it') } } },
} as never);

/** Takes orders for ticket types of the event that they name, as long as there are tickets of that type. */
function box(ticketsOfEach: number) {
  let made = 0;
  const eventOf = new Map<string, string>();
  const left = new Map<string, number>();
  return scripted((line, body: Json | undefined): Answer => {
    const id = (made += 1);
    const event = /^POST \/events\/(\d+)\/ticket-types$/.exec(line)?.[1];
    if (event !== undefined) {
      eventOf.set(String(id), event);
      left.set(String(id), ticketsOfEach);
      return [201, { id }];
    }
    if (line !== 'POST /orders' || !isJsonObject(body)) return [201, { id }];
    const [item] = body['items'] as readonly Json[];
    const type = isJsonObject(item) ? String(item['ticket_type']) : '';
    if (eventOf.get(type) !== String(body['event'])) return [400, { error: 'no such type at this event' }];
    const tickets = left.get(type) ?? 0;
    left.set(type, tickets - 1);
    return tickets > 0 ? [201, { id }] : [409, { error: 'sold out' }];
  });
}

describe('what a request refers to', () => {
  it('belongs together, whatever else was made in between', async () => {
    const setup = new Setup(contextOf(contract, box(100)));
    for (let round = 0; round < 3; round += 1) {
      await setup.make('events');
      await setup.make('ticket-types');
      await setup.makeExemplary('events');
      const order = await setup.make('orders');
      expect(order.exchange.response?.status).toBe(201);
    }
  });

  it('is made anew where it is used up', async () => {
    const backend = box(1);
    const setup = new Setup(contextOf(contract, backend));
    for (let round = 0; round < 4; round += 1) await setup.make('orders');
    const orders = backend.asked.filter((line) => line === 'POST /orders').length;
    // Refused for being sold out while it is not known that orders use up what they are for, and never again.
    await setup.make('orders');
    expect(backend.asked.filter((line) => line === 'POST /orders').length).toBe(orders + 1);
  });

  it('is made anew where what the path names is used up', async () => {
    const sold = new Map<string, number>();
    let made = 0;
    const backend = scripted((line): Answer => {
      const event = /^POST \/events\/(\d+)\/tickets$/.exec(line)?.[1];
      if (event === undefined) return [201, { id: (made += 1) }];
      sold.set(event, (sold.get(event) ?? 0) + 1);
      return (sold.get(event) ?? 0) > 2 ? [409, { error: 'sold out' }] : [201, { id: (made += 1) }];
    });
    const setup = new Setup(contextOf(contract, backend));
    for (let round = 0; round < 6; round += 1) await setup.make('tickets');
    expect(sold.size).toBeGreaterThanOrEqual(3);
  });
});
