import type { Identity } from '@assay/contract';
import { expect, it } from 'vitest';
import { brokenCredentials } from './broken-credentials.ts';
import { basicCarrier } from './carriers.ts';

function somebody(carrier: Partial<Pick<Identity, 'headers' | 'query' | 'token'>>): Identity {
  const nobody = { name: 'user-1', role: null, login: 'a@example.com', password: 'pw', profile: undefined };
  return { ...nobody, token: null, headers: [], query: [], exchanges: [], ...carrier };
}

function sent(carrier: Parameters<typeof somebody>[0]): readonly (string | undefined)[] {
  return brokenCredentials(somebody(carrier)).map(({ as }) => [...as.headers, ...as.query][0]?.[1]);
}

it('breaks what stands behind a scheme', () => {
  expect(sent({ token: 'abc', headers: [['authorization', 'Token abc']] })).toEqual([
    'Token',
    'Token no token',
    'Token xÃ©',
  ]);
});

it('takes a JSON web token apart', () => {
  expect(sent({ token: 'a.b.c', headers: [['Authorization', 'Bearer a.b.c']] })).toEqual([
    'Bearer',
    'Bearer no token',
    'Bearer x',
    'Bearer bnVsbA.bnVsbA.bnVsbA',
    'Bearer xÃ©',
  ]);
});

it('breaks a name and a password before they are compared', () => {
  expect(sent(basicCarrier('a', 'b'))).toEqual(['Basic', 'Basic %', 'Basic bm9ib2R5', 'Basic /zr/']);
});

it('keeps a key where it stands', () => {
  expect(sent({ token: 'key', headers: [['x-api-key', 'key']] })).toEqual(['xÃ©']);
  expect(sent({ token: 'key', query: [['api_key', 'key']] })).toEqual(['xÃ©']);
  expect(sent({ token: 'a.b.c', headers: [['cookie', 'sid=a.b.c; theme=dark']] })).toEqual([
    'sid=x; theme=dark',
    'sid=bnVsbA.bnVsbA.bnVsbA; theme=dark',
    'sid=xÃ©; theme=dark',
  ]);
  expect(sent({ headers: [['cookie', 'sid=opaque']] })).toEqual([]);
});
