import { inferShape, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { isLooserElsewhere } from './looser-elsewhere.ts';
import type { Rule } from './rules.ts';

const json = (stock: Json) => ({
  content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'integer' }, stock } } } },
});

/** A contract whose creation takes a stock of 1 to 10. */
const isLooser = (kind: Rule['kind'], value: number | null, patched: Json, shown: Json): boolean => {
  const contract = contractOf({
    '/books': {
      post: {
        operationId: 'addBook',
        requestBody: json({ type: 'integer', minimum: 1, maximum: 10 }),
        responses: { 201: { description: 'Made', ...json({ type: 'integer' }) } },
      },
    },
    '/books/{id}': {
      get: {
        operationId: 'getBook',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: { description: 'It', ...json(shown) } },
      },
      patch: {
        operationId: 'changeBook',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        requestBody: json(patched),
        responses: { 200: { description: 'It', ...json({ type: 'integer' }) } },
      },
    },
  });
  const rule: Rule = { kind, property: 'stock', value, words: '', constraint: '' };
  return isLooserElsewhere(contract, inferShape(contract), 'addBook', rule);
};

const same = { type: 'integer', minimum: 1, maximum: 10 };

it('is a rule of the column where no other place says otherwise', () => {
  expect(isLooser('minimum', 0, same, { type: 'integer' })).toBe(false);
  expect(isLooser('minimum', 0, { type: 'string' }, same)).toBe(false);
  expect(isLooser('required', null, same, same)).toBe(false);
  expect(isLooser('maximum', 11, { ...same, minimum: 0 }, { ...same, minimum: 0 })).toBe(false);
});

it('is a rule of creating alone where a change may break it, or an answer says that it can be broken', () => {
  expect(isLooser('minimum', 0, { type: 'integer', minimum: 0 }, same)).toBe(true);
  expect(isLooser('minimum', 0, { type: 'integer' }, same)).toBe(true);
  expect(isLooser('minimum', 0, same, { type: 'integer', minimum: 0 })).toBe(true);
  expect(isLooser('maximum', 11, same, { type: 'integer', exclusiveMaximum: 12 })).toBe(true);
  expect(isLooser('required', null, { type: ['integer', 'null'] }, same)).toBe(true);
});
