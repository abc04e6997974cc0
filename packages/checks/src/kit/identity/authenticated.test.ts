import { expect, test } from 'vitest';
import { authenticated } from './authenticated.ts';
import { carriersOf, cookieCarrier } from './carriers.ts';

const request = { method: 'GET', target: '/a?b=1' } as const;

test('adds what is missing and leaves what the request says itself', () => {
  const bearer = { headers: [['authorization', 'Bearer t']], query: [['key', 'a b']] } as const;
  expect(authenticated(request, bearer)).toEqual({
    method: 'GET',
    target: '/a?b=1&key=a%20b',
    headers: [['authorization', 'Bearer t']],
  });
  const own = { ...request, target: '/a?key=mine', headers: [['Authorization', 'Basic x']] } as const;
  expect(authenticated(own, bearer)).toEqual(own);
});

test('cookies go together', () => {
  const own = { ...request, headers: [['Cookie', 'theme=dark; sid=mine']] } as const;
  expect(
    authenticated(
      own,
      cookieCarrier([
        ['sid', 'x'],
        ['seen', 'y'],
      ]),
    ).headers,
  ).toEqual([['Cookie', 'theme=dark; sid=mine; seen=y']]);
});

test('what shows that a request is of the site is the person’s own, also where the contract has a parameter for it', () => {
  const own = { ...request, headers: [['X-CSRF-Token', 'ribbon copper']] } as const;
  const { headers } = authenticated(own, cookieCarrier([['csrftoken', 'true-one']]));
  expect(headers).toContainEqual(['X-CSRF-Token', 'true-one']);
  expect(headers).not.toContainEqual(['X-CSRF-Token', 'ribbon copper']);
});

test('tries what may stand before a token in a header that is not described', () => {
  const key = { name: 'k', type: 'apiKey', scheme: null, in: 'header', parameter: 'Authorization' } as const;
  expect(carriersOf('t', [key]).map(({ headers }) => headers[0]?.[1])).toEqual(['Bearer t', 't', 'Token t', 'JWT t']);
  expect(carriersOf('t', [{ ...key, in: 'query', parameter: 'api_key' }])).toEqual([
    { headers: [], query: [['api_key', 't']] },
  ]);
});
