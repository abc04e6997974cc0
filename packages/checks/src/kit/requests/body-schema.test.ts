import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { todo } from '../testing/recordings-for-tests.ts';
import { plainSchema } from './body-schema.ts';

it('says of a number or text that it is either, with the pattern of the text', () => {
  const decimal: Json = {
    anyOf: [{ type: 'number', minimum: 0 }, { type: 'string', pattern: '^\\d*$' }, { type: 'null' }],
  };
  expect(plainSchema(todo, decimal)).toMatchObject({ type: ['number', 'string', 'null'], pattern: '^\\d*$' });
});

it('says nothing of branches that are objects', () => {
  expect(plainSchema(todo, { oneOf: [{ type: 'object' }, { type: 'string' }] })).not.toHaveProperty('type');
});
