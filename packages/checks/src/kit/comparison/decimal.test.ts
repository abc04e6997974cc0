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
    ['1E-7', '0.0000001'],
    ['12.5e-1', '1.25'],
    ['-.05e3', '-50'],
    ['1.25e1', '12.5'],
    ['1e21', '1000000000000000000000'],
    ['0e5', '0'],
    ['1e401', null],
    ['1e', null],
    ['e5', null],
    ['.', null],
    ['', null],
    ['+', null],
    ['1.2.3', null],
    ['x', null],
  ])('reads %s', (text, form) => {
    expect(decimal(text)).toBe(form);
  });
});
