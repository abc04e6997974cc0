import { expect, it } from 'vitest';
import { cutTo, visible } from './visible.ts';

it('shows what would drive a terminal or turn text around', () => {
  expect(visible('\u001b[31mred\u0007\u007f\u009b\u202e\ttab\nline')).toBe('␛[31mred␇␡\\u{9b}\\u{202e}\ttab\nline');
  expect(visible('half \ud83d')).toBe('half \ufffd');
});

it('cuts what is too long and says how much was left out', () => {
  expect(cutTo('abcdef', 4)).toEqual({ text: 'abcd', left: 2 });
  expect(cutTo('abc', 4)).toEqual({ text: 'abc', left: 0 });
});
