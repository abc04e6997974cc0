import type { Identity, Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { signedSession } from './signed-session.ts';
import { swappedTokens } from './swapped-token.ts';

const somebody = (login: string, profile: Json, token: string | null): Identity => ({
  name: login,
  role: null,
  login,
  password: 'x',
  headers: [],
  query: [],
  token,
  profile,
  exchanges: [],
});

const [ann, bob] = ['11111111-2222-4333-8444-555555555555', '99999999-8888-4777-8666-333333333333'];
const encoded = (text: string, as: BufferEncoding) => Buffer.from(text, 'latin1').toString(as);

it.each([
  ['the id as it is', { id: 12 }, { id: 34 }, '12-abcxyz', '34-abcxyz'],
  [
    'the id in base64',
    { user: { id: 12 } },
    { user: { id: 34 } },
    encoded('uid=12;x', 'base64'),
    encoded('uid=34;x', 'base64'),
  ],
  ['the name in hex', {}, {}, encoded('ann:1', 'hex'), encoded('bob:1', 'hex')],
  ['the id in hex', { id: ann }, { id: bob }, `${ann.replaceAll('-', '')}00`, `${bob.replaceAll('-', '')}00`],
])('writes %s in place of one’s own', (how, mine, theirs, token, expected) => {
  expect(swappedTokens(somebody('ann', mine, token), somebody('bob', theirs, null))).toContainEqual(
    expect.objectContaining({ token: expected, how: expect.stringMatching(how.split(' ')[1] ?? '') }),
  );
});

it('makes nothing of a token that names nobody, and nothing where nobody is known', () => {
  expect(swappedTokens(somebody('ann', { id: ann }, 'deadbeef'), somebody('bob', { id: bob }, null))).toEqual([]);
  expect(swappedTokens(somebody('ann', {}, null), somebody('bob', {}, null))).toEqual([]);
});

it('signs a session in a cookie again, where its secret is one that anybody would try', () => {
  const flask = 'eyJ1c2VyX2lkIjoxMn0.awzcWg.KS7Qpk6amFyK-_Q5--qMB_cm6no';
  const [mine, theirs] = [somebody('ann', { id: 12 }, flask), somebody('bob', { id: 34 }, null)];
  const [swapped] = swappedTokens(mine, theirs, ['dev']);
  expect(swapped?.how).toBe('the id signed with the secret "dev"');
  expect(signedSession(swapped?.token ?? '', ['dev'])?.text).toBe('{"user_id":34}');
  expect(swappedTokens(mine, theirs, ['another'])).toEqual([]);
});
