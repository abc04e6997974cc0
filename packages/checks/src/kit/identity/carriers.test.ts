import { expect, it } from 'vitest';
import { cookieCarrier } from './carriers.ts';

it.each(['csrftoken', 'XSRF-TOKEN', 'csrf_token', '_csrf', '__Host-csrf'])(
  'shows what the cookie %s holds in a header as well',
  (name) => {
    const { headers } = cookieCarrier([
      ['sid', 'a'],
      [name, 'b%3D%3D'],
    ]);
    expect(headers).toEqual([
      ['cookie', `sid=a; ${name}=b%3D%3D`],
      ['x-xsrf-token', 'b=='],
      ['x-csrftoken', 'b=='],
      ['x-csrf-token', 'b=='],
    ]);
  },
);

it('shows no other', () => {
  expect(
    cookieCarrier([
      ['sid', 'a'],
      ['token', '100%'],
    ]).headers,
  ).toEqual([['cookie', 'sid=a; token=100%']]);
});
