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
  ['^(?:{[0-9a-f]{4}})$', '^(?:\\{[0-9a-f]{4}\\})$'],
  ['^{.*}$', '^\\{.*\\}$'],
  ['^a]b$', '^a\\]b$'],
  ['^[[a]x$', '^[[a]x$'],
  ['^\\Qa.b\\E+$', '^a\\.b+$'],
  ['^[\\p{Alnum}_]\\p{Digit}$', '^[\\p{Alpha}\\p{digit}_][\\p{digit}]$'],
  ['^\\p{Punct}$', '^[\\p{punct}$+<=>\\^`\\|~]$'],
  ['([^\\s]+(\\.(?i)(jpeg|pdf))$)', '([^\\s]+(\\.(?i:(jpeg|pdf)))$)'],
  ['^(a(?i)b|c)d$', '^(a(?i:b)|(?i:c))d$'],
  ['^a(?i)b(?-i)[(?i)]$', '^a(?i:b(?-i:[(?i)]$))'],
])('%s is read as %s', (written, expected) => {
  expect(readPattern(written)).toEqual({ pattern: expected, changed: written !== expected });
});

test.each([
  '(',
  '[',
  '*',
  '(?<=',
  'a{2,1}',
  '^\\h{8}$',
  '[\\h]',
  '(?x)a b',
  '^\\R$',
  '\\e',
  '^\\Ka',
  '^\\d{,3}$',
  '^[^]]+$',
  '[a-z&&[^bc]]',
])('%s is no regular expression', (written) => {
  expect(readPattern(written)).toBeNull();
});
