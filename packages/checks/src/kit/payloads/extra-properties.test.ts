import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { extraProperties, offerOf } from './extra-properties.ts';

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
    expect(offered({ type: 'object', properties })).toMatchObject({
      names: ['title'],
      closed: false,
      wrapper: null,
    });
    expect(offered({ type: 'object', properties, additionalProperties: false })).toMatchObject({ closed: true });
  });

  it('looks into what the thing is wrapped in, and at the objects in it', () => {
    const profile = { type: 'object', properties: { name: { type: 'string' } } };
    const user = { type: 'object', properties: { ...properties, profile } };
    const offer = offered({ type: 'object', properties: { user } });
    expect(offer).toMatchObject({ wrapper: 'user', names: ['title', 'profile'] });
    expect(offer?.inside.get('profile')?.names).toEqual(['name']);
  });

  it('takes the only member for a part of the thing when the thing shows it beside others', () => {
    const address = { type: 'object', properties: { city: { type: 'string' } } };
    const shown = { type: 'object', properties: { id: { type: 'integer' }, address } };
    const content = (schema: Json) => ({ 'application/json': { schema } });
    const contract = contractOf({
      '/me': {
        get: { responses: { '200': { description: 'me', content: content(shown) } } },
        patch: {
          requestBody: { content: content({ type: 'object', properties: { address } }) },
          responses: { '204': { description: 'done' } },
        },
      },
    });
    const operation = contract.operations.find(({ method }) => method === 'PATCH');
    expect(operation && offerOf(contract, operation)).toMatchObject({ wrapper: null, names: ['address'] });
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
  const profile = { names: ['name'], closed: false, inside: new Map() };
  const offer = { names: ['title', 'profile', 'settings', 'authorId'], inside: new Map([['profile', profile]]) };
  const extras = (shown: { readonly [key: string]: Json }, row: { readonly [key: string]: Json } = {}) =>
    Object.fromEntries(
      extraProperties(shown, row, new Map([['role', { type: 'string', enum: ['reader', 'admin'] }]]), offer, {
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

  it('has the members of objects that are not offered, and leaves out what may hold anything', () => {
    const shown = {
      profile: { name: 'a', verified: false },
      settings: { dark: true },
      author: { id: 3, admin: false },
    };
    expect(extras(shown)).toEqual({ 'profile.verified': true, 'author.admin': true });
  });

  it('begins with what gives rights, and ends with addresses', () => {
    const shown = {
      node: 'a',
      html_url: 'https://a.example/1',
      site_admin: false,
      avatarUrl: null,
      count: 1,
      roles: ['user'],
      ownerId: 1,
    };
    const names = Object.keys(extras(shown));
    expect(names).toEqual(['site_admin', 'roles', 'node', 'count', 'ownerId', 'html_url', 'avatarUrl']);
    expect(extras(shown)['roles']).toEqual(['user', 'admin']);
  });
});
