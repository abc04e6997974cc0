import { inferShape, type Json, readContract } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { withStatedRole } from './stated-role.ts';

/** An answer with a role of these. */
const saying = (roles: readonly string[]) => ({
  description: 'one',
  content: {
    'application/json': { schema: { type: 'object', properties: { role: { type: 'string', enum: roles } } } },
  },
});

function rolesOf(
  words: { readonly [name: string]: Json },
  path = '/users',
  refusal = 'no',
  listed: readonly string[] = [],
): readonly string[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const contract = readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'Shop', version: '1' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
      paths: {
        [path]: {
          parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
          get: {
            operationId: 'ask',
            responses: { '200': { description: 'all' }, '403': { description: refusal } },
            ...words,
          },
        },
        ...(listed.length === 0 ? {} : { '/profile': { get: { responses: { '200': saying(listed) } } } }),
      },
    }),
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('there is no operation');
  return withStatedRole(operation, { contract, shape: inferShape(contract) }).roles;
}

describe(withStatedRole, () => {
  it.each([
    'List all users. Admin only.',
    'List users (admin only)',
    'List users - Administrators only',
    'Admin only: list users',
    'Requires the admin role',
    '**Admin role required**',
    'Only for an admin.',
  ])('gives an operation to admins by “%s”', (summary) => {
    expect(rolesOf({ summary })).toEqual(['admin']);
    expect(rolesOf({ summary, security: [] })).toEqual([]);
  });

  it.each([
    'List users; admins only see those who are blocked',
    'List orders, with the deleted ones (admin only)',
    'List orders including deleted (admin only)',
    'Delete one’s own comment; an admin may delete any',
    'Requires the admin role for the posts of others',
    'List admins',
  ])('does not by “%s”', (summary) => {
    expect(rolesOf({ summary })).toEqual([]);
  });

  it('reads the beginning of a description, and what ends a short one', () => {
    expect(rolesOf({ description: 'Admin only. Pages of users. Newest first.' })).toEqual(['admin']);
    expect(rolesOf({ description: 'Pages of users. Admin only.' })).toEqual(['admin']);
    expect(rolesOf({ description: 'Pages of users. `blocked` shows those who are. Admin only.' })).toEqual([]);
  });

  it('reads the refusal where there is nothing else to be refused for', () => {
    const query = (name: string) => ({ parameters: [{ name, in: 'query', schema: { type: 'string' } }] });
    expect(rolesOf({}, '/users', 'Forbidden: Admin role required.')).toEqual(['admin']);
    expect(rolesOf(query('limit'), '/users', 'Admin only')).toEqual(['admin']);
    expect(rolesOf(query('userId'), '/orders', 'Admin only')).toEqual([]);
    expect(rolesOf({}, '/users/{id}', 'Admin role required')).toEqual([]);
    expect(rolesOf({}, '/users', 'Only the owner or an admin')).toEqual([]);
  });

  it('gives it to other roles above that the contract lists, also in few words where others are refused', () => {
    const listed = ['member', 'librarian', 'owner'];
    const read = (words: { readonly [name: string]: Json }) => rolesOf(words, '/books', 'no', listed);
    for (const summary of ['Add a book (librarians)', 'For librarians.', 'Librarians only', 'Only librarians'])
      expect(read({ summary })).toEqual(['librarian']);
    for (const summary of [
      'One loan (one’s own, or librarians)',
      'Books for librarians',
      'For members.',
      'For owners.',
      'For staff.',
      'List of librarians',
      'Books, with those that were withdrawn (librarians)',
    ])
      expect(read({ summary })).toEqual([]);
    expect(rolesOf({ summary: 'Add a book (librarians)' }, '/books')).toEqual([]);
    const open = { summary: 'Add a book (librarians)', responses: { '200': { description: 'all' } } };
    expect(read(open)).toEqual([]);
    expect(read({ ...open, summary: 'Librarians only' })).toEqual(['librarian']);
  });

  it('reads what goes on and on', () => {
    const dots = `${'.'.repeat(500_000)}x`;
    expect(rolesOf({ description: dots }, '/users', `Admin only ${dots}`)).toEqual([]);
  });
});
