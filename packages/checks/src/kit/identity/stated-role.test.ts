import { inferShape, type Json, readContract } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { givesRolesToFew, roleForSeveral, withStatedRole } from './stated-role.ts';

/** An answer with a role of these. */
const saying = (roles: readonly string[]) => ({
  description: 'one',
  content: {
    'application/json': { schema: { type: 'object', properties: { role: { type: 'string', enum: roles } } } },
  },
});

function asked(
  words: { readonly [name: string]: Json },
  path = '/users',
  refusal = 'no',
  listed: readonly string[] = [],
  method = 'get',
) {
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
          [method]: {
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
  return { operation, context: { contract, shape: inferShape(contract) } };
}

function rolesOf(...[words, path, refusal, listed]: Parameters<typeof asked>): readonly string[] {
  const { operation, context } = asked(words, path, refusal, listed);
  return withStatedRole(operation, context).roles;
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

describe(roleForSeveral, () => {
  const roleBy = (summary: string, method = 'patch'): string | null => {
    const { operation, context } = asked({ summary }, '/rooms/{id}', 'no', ['patient', 'staff'], method);
    return roleForSeveral(operation, context);
  };

  it('tells whose several things are', () => {
    expect(roleBy('Change the room or the capacity of a slot (staff)')).toBe('staff');
    expect(roleBy('Change role or activity of an account (administrators only)')).toBe('admin');
    expect(roleBy('Open or close a room (staff)', 'post')).toBe('staff');
  });

  it.each([
    'Change one’s own slot or any (staff)',
    'Change a slot or those of others (staff)',
    'Change the room, with the capacity or without (staff)',
    'Change the room. Or the capacity (staff)',
    'Change the room of a slot (staff)',
    'Change the room or the capacity (patient)',
  ])('does not by “%s”', (summary) => {
    expect(roleBy(summary)).toBeNull();
  });

  it('does not of what is read', () => {
    expect(roleBy('List rooms or slots (staff)', 'get')).toBeNull();
  });
});

describe(givesRolesToFew, () => {
  const isLeft = (role: string, description: string, refusal?: string): boolean => {
    const { operation, context } = asked({ description }, '/users/{id}', refusal, ['member', role], 'patch');
    return givesRolesToFew(operation, role, context);
  };

  it('reads that roles are given by few', () => {
    expect(isLeft('librarian', 'The role is changed by librarians only (403).')).toBe(true);
    expect(isLeft('librarian', 'Change a member.', 'Only librarians may set the role')).toBe(true);
    expect(isLeft('teacher', '403: a pupil sent a role.')).toBe(true);
    expect(isLeft('admin', 'Change a user.')).toBe(true);
  });

  it('leaves the rest to who asks', () => {
    expect(isLeft('teacher', 'Only the name and the role can be changed.')).toBe(false);
    expect(isLeft('editor', 'Name and role are changed by the user themselves or an admin only.')).toBe(false);
    expect(isLeft('editor', 'Only the account holder or an admin may change name and role.')).toBe(false);
    expect(isLeft('teacher', 'The role can be changed once only; an admin is told of it.')).toBe(false);
    expect(isLeft('teacher', 'Become a teacher by your role; 403 for who is blocked.')).toBe(false);
    const responses = { '200': { description: 'all' } };
    const { operation, context } = asked({ responses }, '/users/{id}', 'no', ['admin'], 'patch');
    expect(givesRolesToFew(operation, 'admin', context)).toBe(false);
  });
});
