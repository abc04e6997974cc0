import { describe, expect, it } from 'vitest';
import { decimalPlaces, difference, multiplied } from './decimals.ts';

describe('decimals', () => {
  it('finds numbers and decimals written as text, and nothing else', () => {
    const body = { balance: '12.50', id: '7f3c-11', nested: { count: 3 }, list: [1], at: '2030-01-01' };
    expect(decimalPlaces(body)).toEqual([
      { place: '/balance', value: '12.50' },
      { place: '/nested/count', value: 3 },
    ]);
  });

  it('subtracts exactly', () => {
    expect(difference('900000000000.10', '0.20')).toBe('899999999999.9');
    expect(difference(0.3, '0.1')).toBe('0.2');
    expect(difference('1.00', 1)).toBe('0');
    expect(difference('1.00', '3.5')).toBe('-2.5');
  });

  it('multiplies and keeps the form', () => {
    expect(multiplied('12.50', 10)).toBe('125.00');
    expect(multiplied('0.01', 19, 10)).toBe('0.01');
    expect(multiplied(3, 19, 10)).toBe(5);
    expect(multiplied('500000000000.00', 19, 10)).toBe('950000000000.00');
  });
});
