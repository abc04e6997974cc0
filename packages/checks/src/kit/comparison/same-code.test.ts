import { expect, it } from 'vitest';
import { isMasked, isSameCode } from './same-code.ts';

it.each([
  ['978-3-16-148410-0', '9783161484100', true],
  ['+49 (30) 123456', '+4930123456', true],
  ['DE89 3704 0044 0532', 'DE89370400440532', true],
  ['978-3-16-148410-0', '9783161484101', false],
  ['12-34', '1234', false],
  ['well done', 'welldone', false],
  ['978 3 "16" 148410', '978316148410', false],
])('%s and %s are one code: %s', (sent, back, expected) => {
  expect(isSameCode(sent, back)).toBe(expected);
});

it.each([
  ['4111111111111111', '**** **** **** 1111', true],
  ['4111111111111111', '4111XXXXXXXX1111', true],
  ['whsec_abcdef', '••••••••', true],
  ['ann@example.com', 'a**@example.com', true],
  ['4111111111111111', '**** **** **** 2222', false],
  ['what was **said**', 'what was **', false],
  ['tea', 'tea', false],
])('%s is shown masked as %s: %s', (sent, back, expected) => {
  expect(isMasked(sent, back)).toBe(expected);
});
