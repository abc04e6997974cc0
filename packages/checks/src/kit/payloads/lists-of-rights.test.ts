import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { isTaken, withOneRight } from './lists-of-rights.ts';

it.each<[string, readonly Json[], Json]>([
  ['roles', ['user'], ['user', 'admin']],
  ['permissions', [], ['admin']],
  ['authorities', ['ROLE_USER'], ['ROLE_USER', 'ROLE_ADMIN']],
  ['userRoles', ['MEMBER'], ['MEMBER', 'ADMIN']],
  ['roles', ['admin'], ['admin', 'superuser']],
])('adds a right to %s %j', (name, now, expected) => {
  expect(withOneRight(name, now, null)).toEqual(expected);
});

it('takes one of those that the contract lists, and leaves other lists alone', () => {
  const item = { type: 'string', enum: ['reader', 'writer', 'site-admin'] };
  expect(withOneRight('roles', ['reader'], item)).toEqual(['reader', 'site-admin']);
  expect(withOneRight('roles', ['reader', 'writer', 'site-admin'], item)).toBeNull();
  expect(withOneRight('tags', ['a'], null)).toBeNull();
  expect(withOneRight('roles', [{ name: 'user' }], null)).toBeNull();
});

it.each<[Json, Json, boolean]>([
  [['user', 'admin'], ['user', 'admin'], true],
  [['user', 'admin'], ['admin'], true],
  [['user', 'admin'], [{ id: 1, name: 'admin' }], true],
  [['user', 'admin'], '{user,admin}', true],
  [['user', 'admin'], ['user'], false],
  [['user', 'admin'], 'user', false],
  [['user', 'admin'], null, false],
  ['admin', 'admin', true],
  ['admin', ['admin'], false],
])('tells by its last item whether %j was taken: %j', (sent, got, expected) => {
  expect(isTaken(sent, got)).toBe(expected);
});
