import { expect, test } from 'vitest';
import { readPattern } from './pattern.ts';

test.each([
  ['^[a-z]+$', '^[a-z]+$'],
  ['^\\d{3}\\-\\d{4}$', '^\\d{3}-\\d{4}$'],
  ['^[\\w-.]+\\@x$', '^[\\w\\-.]+@x$'],
  ['[\\w\\-\\_]', '[\\w\\-_]'],
  ['(?P<year>\\d+)', '(?<year>\\d+)'],
  ['\\A[[:alpha:]]+\\z', '^[a-zA-Z]+$'],
  ['/^a+$/', '^a+$'],
  ['/^a+$/i', '(?i:^a+$)'],
  ['\\A[\\w+\\-.]+@[a-z\\d\\-.]+\\.[a-z]+\\z', '^[\\w+\\-.]+@[a-z\\d\\-.]+\\.[a-z]+$'],
  ['\\A\\d+\\Z', '^\\d+$'],
  ['^\\\\A\\_$', '^\\\\A_$'],
  ['(?i)abc', '(?i:abc)'],
  ['(?i)^abc$', '(?i:^abc$)'],
  ['^(?si)a.b', '(?is:^a.b)'],
  ['\\++\\@', '\\++@'],
  ['a++b', 'a+b'],
])('%s is read as %s', (written, expected) => {
  expect(readPattern(written)).toEqual({ pattern: expected, changed: written !== expected });
});

test.each(['(', '[', '*', '(?<=', 'a{2,1}', '^\\h{8}$', '[\\h]', '(?x)a b'])(
  '%s is no regular expression',
  (written) => {
    expect(readPattern(written)).toBeNull();
  },
);
