import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { mayHaveOwnHome } from './own-home.ts';

const somebody = { token: null, profile: undefined, exchanges: [] };

it.each<[Json, boolean]>([
  [{ companyName: 'c' }, true],
  [{ user: { role: 'owner', teamId: 3 } }, true],
  [{ current_team: { id: 3 } }, true],
  [{ family: 'f' }, true],
  [{ clubs: [{ id: 1 }] }, true],
  [{ restaurantname: 'r' }, true],
  [{ teamId: null }, false],
  [{ teams: [] }, false],
  [{ groups: ['user'] }, false],
  [{ restoredAt: 'never', steamId: 1, shoppingCart: {} }, false],
])('takes who is told %j for somebody who may have a home: %s', (profile, expected) => {
  expect(mayHaveOwnHome({ ...somebody, profile })).toBe(expected);
});

it('looks at what they sent when they signed up', () => {
  const signUp = exchangeOf('POST /register', 201, { sent: { householdName: 'h' } });
  expect(mayHaveOwnHome({ ...somebody, exchanges: [signUp] })).toBe(true);
});
