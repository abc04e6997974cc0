import { expect, it } from 'vitest';
import { endsOwnAccount } from './own-account.ts';

it.each(['/me', '/users/me/', '/my-profile', '/current_user', '/account'])('%s is one’s own account', (path) => {
  expect(endsOwnAccount({ method: 'DELETE', path })).toBe(true);
  expect(endsOwnAccount({ method: 'GET', path })).toBe(false);
});

it.each(['/users/{id}', '/users', '/me/notes/{id}', '/some'])('%s is none', (path) => {
  expect(endsOwnAccount({ method: 'DELETE', path })).toBe(false);
});
