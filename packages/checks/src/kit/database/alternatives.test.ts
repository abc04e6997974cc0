import { expect, it } from 'vitest';
import { alternativesIn } from './alternatives.ts';

it('finds the sides of an OR, wherever it stands', () => {
  expect(alternativesIn('((t.a = 1) OR (t.b = 1))')).toEqual([['(t.a = 1)', '(t.b = 1)']]);
  expect(alternativesIn(`((t.a)::text = '7'::text) OR (t.b = 2) OR (t.c = 3)`)).toEqual([
    [`((t.a)::text = '7'::text)`, '(t.b = 2)', '(t.c = 3)'],
  ]);
  expect(alternativesIn('((t.o = 9) AND ((t.a = 1) OR (t.b = 1)))')).toEqual([['(t.a = 1)', '(t.b = 1)']]);
});

it('reads nothing in what is quoted', () => {
  expect(alternativesIn(`(t.a = 'one OR two'::text)`)).toEqual([]);
  expect(alternativesIn(`((t.a = ') OR ''('::text) OR (t."b) OR" = 2))`)).toEqual([
    [`(t.a = ') OR ''('::text)`, '(t."b) OR" = 2)'],
  ]);
  expect(alternativesIn(`(t.a = 'never ended`)).toEqual([]);
});
