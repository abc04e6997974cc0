import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { differences } from './compare.ts';
import { isKeptByBackend } from './kept-by-backend.ts';

const schema = {
  type: 'object',
  required: ['username'],
  properties: {
    username: { type: 'string' },
    handle: { type: 'string' },
    orderId: { type: 'integer' },
    about: { contentMediaType: 'text/html' },
  },
};
const read = contractOf({
  '/users': {
    post: {
      operationId: 'add',
      requestBody: { content: { 'application/json': { schema } } },
      responses: { 201: { description: '' } },
    },
  },
  '/notes': {
    post: {
      operationId: 'note',
      requestBody: {
        content: {
          'application/json': {
            schema: { ...schema, required: ['authorId', 'role'], properties: { authorId: {}, role: {} } },
          },
        },
      },
      responses: { 201: { description: '' } },
    },
  },
} as Json);
const contract = {
  ...read,
  operations: read.operations.map((one) => (one.id === 'note' ? { ...one, security: [['token']] } : one)),
};

/** Places that count although the backend shows something else there. */
const told = (sent: Json, back: Json, idPointer: string | null = null, operation = 'add'): readonly string[] =>
  differences(sent, back)
    .filter((each) => !isKeptByBackend({ contract, operation, idPointer, sent, back, at: '' }, each))
    .map(({ place }) => place);

describe('what a backend keeps by itself', () => {
  it('is the id, the moments and the number of the version', () => {
    const sent = { id: 5, createdAt: '2020-01-01T00:00:00Z', updated_by: 3, lastModified: 'x', version: 7, name: 'a' };
    const back = { id: 9, createdAt: '2026-01-01T00:00:00Z', updated_by: 1, lastModified: 'y', version: 0, name: 'b' };
    expect(told(sent, back)).toEqual(['/name']);
  });

  it('is what nobody gives to themselves, whose the thing is, and a secret', () => {
    const sent = {
      role: 'admin',
      roles: ['a', 'b'],
      isAdmin: true,
      userId: 3,
      owner_id: 3,
      password: 'tea',
      name: 'a',
    };
    const back = { role: 'user', roles: ['a'], isAdmin: false, userId: 1, owner_id: 1, password: null, name: 'a' };
    expect(told(sent, back, null, 'note')).toEqual(['/role']);
    // Where nobody signs in, whose a thing is can be said by the client alone.
    expect(told(sent, back)).toEqual(['/userId', '/owner_id']);
    expect(told({ authorId: 1 }, { authorId: 2 }, null, 'note')).toEqual(['/authorId']);
    const buyer = [
      { customerId: 3, author: 'ann' },
      { customerId: 1, author: 'bob' },
    ] as const;
    expect(told(...buyer, null, 'note')).toEqual([]);
    expect(told(...buyer)).toEqual(['/customerId', '/author']);
    expect(told({ accountId: 3, memberId: 4, passport: 'a' }, { accountId: 1, memberId: 5, passport: 'b' })).toEqual([
      '/accountId',
      '/memberId',
      '/passport',
    ]);
  });

  it('is what it makes of other members, unless it was lost', () => {
    const sent = { slug: 'x', commentsCount: 5, average_rating: 4.5, total: 3, lines: [{ subTotal: 9 }] };
    const back = { slug: 'a-title', commentsCount: 0, average_rating: null, total: '12.50', lines: [{ subTotal: 4 }] };
    expect(told(sent, back)).toEqual([]);
    expect(told(sent, { slug: null, commentsCount: null, total: 'x' })).toEqual(['/slug', '/commentsCount', '/total']);
    expect(told({ discount: 5, account: 7 }, { discount: 0, account: 0 })).toEqual(['/discount', '/account']);
  });

  it('is the form of a slug and of HTML', () => {
    const sent = { handle: 'distant ink', about: 'a & b', notes: 'a & b' };
    const back = { handle: 'distant-ink', about: 'a &amp; b', notes: 'a &amp; b' };
    expect(told(sent, back)).toEqual(['/notes']);
  });

  it('is not what only sounds like it', () => {
    expect(told({ version: '1.2.3', created_for: 'a' }, { version: '1.2', created_for: 'b' })).toEqual([
      '/version',
      '/created_for',
    ]);
  });

  it('is an id by another name where the client need not choose it', () => {
    expect(told({ username: 'ann' }, { username: 'an' }, '/username')).toEqual(['/username']);
    expect(told({ handle: 'ann' }, { handle: 'an-1' }, '/handle')).toEqual([]);
    expect(told({ orderId: 1 }, { orderId: 2 }, '/orderId')).toEqual([]);
    expect(told({ orderId: 1 }, { orderId: 2 })).toEqual(['/orderId']);
  });

  it('is the id of a part that is made with the thing, and not of another that it refers to', () => {
    expect(told({ lines: [{ id: 4, sku: 'a' }] }, { lines: [{ id: 88, sku: 'a' }] })).toEqual([]);
    expect(told({ type: { id: 4, name: 'a' } }, { type: { id: 5, name: 'b' } })).toEqual(['/type/id', '/type/name']);
    expect(told({ type: { id: 4 } }, { type: { id: 5 } })).toEqual(['/type/id']);
  });
});
