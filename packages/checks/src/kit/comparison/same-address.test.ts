import { expect, it } from 'vitest';
import { isSameIp, isSameUrl } from './same-address.ts';

it.each([
  ['2001:db8::2dde', '2001:DB8:0:0:0:0:0:2dde', true],
  ['::1', '0:0:0:0:0:0:0:1', true],
  ['::ffff:192.0.2.1', '::ffff:c000:201', true],
  ['::ffff:192.0.2.1', '192.0.2.1', true],
  ['2001:db8::1', '2001:db8::2', false],
  ['fe80::1%eth0', 'fe80::1%eth1', false],
  ['::1', '127.0.0.1', false],
  ['tea', '::1', false],
])('%s and %s are one IPv6 address: %s', (sent, back, expected) => {
  expect(isSameIp(sent, back)).toBe(expected);
});

it.each([
  ['https://Example.com', 'https://example.com/', true],
  ['https://example.com/a', 'https://example.com/b', false],
  ['example.com', 'example.com/', false],
])('%s and %s are one URL: %s', (sent, back, expected) => {
  expect(isSameUrl(sent, back)).toBe(expected);
});
