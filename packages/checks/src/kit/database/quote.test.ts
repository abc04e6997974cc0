import { expect, it } from 'vitest';
import { identifier, literal, withLiterals } from './quote.ts';

it('writes values so that they stay values', () => {
  expect(literal(`O'Hara`)).toBe(`'O''Hara'`);
  expect(literal(null)).toBe('NULL');
  expect(literal(true)).toBe(`'true'`);
  expect(identifier('a"b')).toBe('"a""b"');
});

it('puts parameters where they stand, and leaves texts and comments alone', () => {
  expect(withLiterals(`SELECT '$1', $$ $2 $$ /* $1 */ FROM t WHERE a=$1::int AND b = ANY ($2)`, [7, '{1,2}'])).toBe(
    `SELECT '$1', $$ $2 $$ /* $1 */ FROM t WHERE a= '7'::int AND b = ANY ( '{1,2}')`,
  );
});

it('does not make up a value that is missing or was cut', () => {
  expect(withLiterals('SELECT $2', [1])).toBeNull();
  expect(withLiterals('SELECT $1', ['long…'])).toBeNull();
});
