import type { Identity } from '@assay/contract';
import { expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { idsOf } from './ids-of.ts';
import { writeToken } from './json-web-token.ts';

const profile = { get: { operationId: 'getMe', responses: { '200': { description: 'mine' } } } };
const ada: Identity = {
  name: 'user-1',
  role: null,
  login: 'ada@example.com',
  password: 'a password',
  headers: [],
  query: [],
  token: null,
  profile: undefined,
  exchanges: [],
};

async function told(change: Partial<Identity>, me: Parameters<typeof scripted>[0] = () => [404]) {
  return idsOf(contextOf(contractOf({ '/me': profile }), scripted(me)), { ...ada, ...change });
}

it('reads them in what somebody was told and in their token', async () => {
  const token = writeToken({ alg: 'HS256' }, { sub: '42', jti: 'x' }, 'secret');
  expect(await told({ profile: { success: true, data: { user: { id: 42, teamId: 7 } } }, token })).toEqual([
    42,
    ada.login,
  ]);
  expect(await told({ token })).toEqual(['42', ada.login]);
});

it('reads them in somebody’s own profile, where it names them', async () => {
  expect(await told({}, () => [200, { id: 'u1', email: 'Ada@example.com' }])).toEqual(['u1', ada.login]);
  expect(await told({}, () => [200, { id: 'u1' }])).toEqual([ada.login]);
});
