import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { extraProperties, offerOf } from './extra-properties.ts';
import { contextOf, contractOf, scripted } from './scripted-for-tests.ts';

const taking = (schema: Json) =>
  contractOf({
    '/a': {
      post: {
        requestBody: { content: { 'application/json': { schema } } },
        responses: { '200': { description: 'ok' } },
      },
    },
  });
const offered = (schema: Json) => {
  const contract = taking(schema);
  const [operation] = contract.operations;
  return operation === undefined ? null : offerOf(contract, operation);
};

describe('offerOf', () => {
  const properties = { title: { type: 'string' }, id: { type: 'integer', readOnly: true } };

  it('names what a client may set', () => {
    expect(offered({ type: 'object', properties })).toEqual({ names: ['title'], closed: false });
    expect(offered({ type: 'object', properties, additionalProperties: false })).toMatchObject({ closed: true });
  });

  it('says nothing of objects that may hold anything', () => {
    expect(offered({ type: 'object', properties, additionalProperties: true })).toBeNull();
    expect(offered({ type: 'object' })).toBeNull();
    expect(offered({ type: 'array', items: {} })).toBeNull();
  });
});

describe('extraProperties', () => {
  const contract = taking({ type: 'object', properties: { title: { type: 'string' } } });
  const { random } = contextOf(
    contract,
    scripted(() => [200]),
  );
  const extras = (shown: { readonly [key: string]: Json }, row: { readonly [key: string]: Json } = {}) =>
    Object.fromEntries(
      extraProperties(shown, row, new Map([['role', { type: 'string', enum: ['reader', 'admin'] }]]), ['title'], {
        random,
        contract,
        somebodyElse: 7,
      }).map(({ name, value }) => [name, value]),
    );

  it('has other values than a thing has, of the same kind', () => {
    const shown = {
      id: 3,
      title: 'a',
      role: 'reader',
      active: true,
      createdAt: '2026-01-02T03:04:05Z',
      total: '1.50',
      ownerId: 1,
    };
    const found = extras(shown);
    expect(found).toMatchObject({ role: 'admin', active: false, createdAt: '2001-02-03T04:05:06.000Z', ownerId: 7 });
    expect(found['total']).toMatch(/^\d{5}\.00$/);
    expect(found['id']).toBeGreaterThan(1_000);
    expect(found).not.toHaveProperty('title');
  });

  it('names columns that are not shown in both ways, and leaves objects and lists out', () => {
    expect(Object.keys(extras({ id: 3, tags: [], author: {} }, { id: 3, title: 'a', password_hash: 'x' }))).toEqual([
      'id',
      'passwordHash',
      'password_hash',
    ]);
  });
});
