import { describe, expect, it } from 'vitest';
import { decimal } from './decimal.ts';

describe('decimal', () => {
  it.each([
    ['1.50', '1.5'],
    ['-07.', '-7'],
    ['+.5', '0.5'],
    ['-0.00', '0'],
    ['100', '100'],
    ['12345678901234567890.10', '12345678901234567890.1'],
    ['.', null],
    ['', null],
    ['+', null],
    ['1.2.3', null],
    ['x', null],
  ])('reads %s', (text, form) => {
    expect(decimal(text)).toBe(form);
  });
});
