import { type Json, isJsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { makeAlike } from './alike.ts';

const made = (properties: Json): Json => ({
  201: { description: 'Made', content: { 'application/json': { schema: { type: 'object', properties } } } },
});
const create = (operationId: string, properties: Record<string, Json>): Json => ({
  operationId,
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } },
  },
  responses: made({ id: { type: 'integer' }, ...properties }),
});
const read = (operationId: string): Json => ({
  operationId,
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
  responses: { 200: { description: 'It' } },
});

const contract = contractOf({
  '/rooms': {
    post: create('addRoom', { code: { type: 'string', pattern: '^[A-Z]{2}-[0-9]{1,6}$' }, floor: { type: 'integer' } }),
  },
  '/rooms/{id}': { get: read('getRoom') },
  '/bookings': { post: create('book', { roomId: { type: 'integer' }, day: { type: 'string', format: 'date' } }) },
  '/bookings/{id}': { get: read('getBooking') },
});

/** Codes are unique, and a room is booked once a day. */
function hotel() {
  const taken = new Set<string>();
  const sent: Record<string, Json>[] = [];
  const instance = scripted((line, body) => {
    if (!isJsonObject(body) || !line.startsWith('POST')) return [404];
    const key = JSON.stringify('code' in body ? body['code'] : body);
    if (taken.has(key)) return [409];
    taken.add(key);
    sent.push({ ...body });
    return [201, { id: taken.size, ...body }];
  });
  return { instance, sent };
}

describe('makeAlike', () => {
  it.each([
    ['rooms', 'floor', 'code'],
    ['bookings', 'day', 'roomId'],
  ])('makes %s with the same %s, and another %s where it has to be another', async (name, same, other) => {
    const { instance, sent } = hotel();
    const context = contextOf(await contract, instance);
    const resource = context.shape.resources.find((one) => one.name === name);
    if (resource === undefined) throw new Error(`no ${name}`);
    const { ids, alike } = await makeAlike(context, new Setup(context), resource, { total: 6, alike: 4 });
    expect(ids).toHaveLength(6);
    expect(alike).toBe(4);
    const ours = sent.filter((body) => same in body).slice(0, 4);
    expect(new Set(ours.map((body) => JSON.stringify(body[same]))).size).toBe(1);
    expect(new Set(ours.map((body) => JSON.stringify(body[other]))).size).toBe(4);
  });
});
