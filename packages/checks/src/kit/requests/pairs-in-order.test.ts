import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { operationOf, plainCases } from './cases.ts';
import { namesHalfOfPair, pairsInOrder } from './pairs-in-order.ts';

const moment = { type: 'string', format: 'date-time' };
const contract = contractOf({
  '/events': {
    post: {
      operationId: 'createEvent',
      requestBody: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                starts_at: moment,
                endsAt: moment,
                ends_at: moment,
                minAge: { type: 'integer' },
                maxAge: { type: 'integer', maximum: 99 },
                from: { type: 'string', format: 'date' },
                to: { type: 'string', format: 'date' },
              },
            },
          },
        },
      },
      responses: { 201: { description: 'made' } },
    },
  },
} as never);
const operation = operationOf(contract, 'createEvent');

function inOrder(value: object, query: object = {}, near = false) {
  const bare = { operation: operation.id, path: {}, query, headers: {}, cookies: {} };
  const request = { ...bare, body: { mediaType: 'application/json', value } };
  return pairsInOrder(contract, operation, request as never, near);
}

describe('pairsInOrder', () => {
  it('puts what comes first before what comes last', () => {
    const early = '2024-05-17T12:30:00Z';
    const late = '2025-01-02T03:04:05+02:00';
    expect(inOrder({ starts_at: late, ends_at: early }).body?.value).toEqual({ starts_at: early, ends_at: late });
    expect(inOrder({ starts_at: early, ends_at: late }).body?.value).toEqual({ starts_at: early, ends_at: late });
    expect(inOrder({ starts_at: late, endsAt: early }).body?.value).toEqual({ starts_at: early, endsAt: late });
    expect(inOrder({}, { price_min: 9, price_max: 3 }).query).toEqual({ price_min: 3, price_max: 9 });
  });

  it('brings together what is far apart, where it is to be near', () => {
    const near = (value: object) => inOrder(value, {}, true).body?.value;
    expect(near({ starts_at: '2024-05-17T12:30:00Z', ends_at: '2031-01-02T03:04:05Z' })).toEqual({
      starts_at: '2024-05-17T12:30:00Z',
      ends_at: '2024-05-17T13:30:00Z',
    });
    expect(near({ from: '2031-02-28', to: '2024-02-28' })).toEqual({ from: '2024-02-28', to: '2024-02-29' });
    expect(near({ minAge: 3, maxAge: 90, from: '2031-02-28', to: '2024-02-28' })).toEqual({
      minAge: 3,
      maxAge: 90,
      from: '2024-02-28',
      to: '2024-02-29',
    });
    const lasting = { starts_at: '2024-05-17T12:30:00Z', ends_at: '2024-05-17T14:00:00Z', minAge: 3, maxAge: 90 };
    expect(near(lasting)).toEqual(lasting);
  });

  it('has ordinary requests say what is near', () => {
    const context = contextOf(
      contract,
      scripted(() => [404]),
    );
    const spans = [...plainCases(context, operation).take(32)].flatMap(({ body }) => {
      const {
        starts_at: start,
        ends_at: end,
        endsAt: other,
      } = (body?.value ?? {}) as Readonly<Record<string, string | undefined>>;
      return start === undefined || end === undefined || other !== undefined
        ? []
        : [Date.parse(end) - Date.parse(start)];
    });
    expect(spans.length).toBeGreaterThan(0);
    for (const span of spans) expect(span > 0 && span <= 8 * 3_600_000).toBe(true);
  });

  it('makes what is the same differ, as far as the schema goes', () => {
    expect(inOrder({ from: '2024-02-29', to: '2024-02-29' }).body?.value).toEqual({
      from: '2024-02-29',
      to: '2024-03-01',
    });
    expect(inOrder({ starts_at: '2024-05-17T12:30:00Z', ends_at: '2024-05-17T12:30:00Z' }).body?.value).toEqual({
      starts_at: '2024-05-17T12:30:00Z',
      ends_at: '2024-05-17T13:30:00Z',
    });
    const last = { from: '9999-12-31', to: '9999-12-31' };
    expect(inOrder(last).body?.value).toEqual(last);
    expect(inOrder({}, { from: '2024-02-29', to: '2024-02-29' }).query).toEqual({
      from: '2024-02-29',
      to: '2024-02-29',
    });
    expect(inOrder({ minAge: 99, maxAge: 99 }).body?.value).toEqual({ minAge: 99, maxAge: 99 });
  });

  it('leaves alone what is no pair, or cannot be compared', () => {
    const value = { from: 'Rome', to: 'Oslo', starts_at: '2025-01-01', maxAge: 3 };
    expect(inOrder(value).body?.value).toEqual(value);
  });
});

describe('namesHalfOfPair', () => {
  it('knows one that is named without the other', () => {
    const names = ['title', 'starts_at', 'ends_at'];
    expect(namesHalfOfPair({ starts_at: 'x' }, names)).toBe(true);
    expect(namesHalfOfPair({ starts_at: 'x', ends_at: 'y' }, names)).toBe(false);
    expect(namesHalfOfPair({ title: 'x' }, names)).toBe(false);
  });
});
