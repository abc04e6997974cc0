import { expect, it } from 'vitest';
import { isDatabaseAway } from './errors.ts';

const failing = (code: string, syscall: string): Error => Object.assign(new Error(code), { code, syscall });

it('takes a socket that is not there for a database that is away, and no other file', () => {
  expect(isDatabaseAway(failing('ENOENT', 'connect'))).toBe(true);
  expect(isDatabaseAway(failing('ECONNREFUSED', 'connect'))).toBe(true);
  expect(isDatabaseAway(failing('ENOENT', 'open'))).toBe(false);
});
