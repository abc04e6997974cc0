import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsFormat } from '../validate/formats.ts';
import { createValidator } from '../validate/validator.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { arbitraryOf } from './arbitrary.ts';
import { invalidArbitraryOf } from './invalid-arbitrary.ts';
import { contractWith } from './laws/random-schema.ts';

const contract = contractWith({});
const validator = createValidator(contract);

function made(schema: Schema, mode: 'plain' | 'wild') {
  return fc.sample(arbitraryOf(contract, schema, { direction: 'request', mode }), { seed: 1, numRuns: 200 });
}

describe('strings', () => {
  it.each(['plain', 'wild'] as const)('are base64 where their encoding is, in a %s run', (mode) => {
    const schema = { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' };
    const values = made(schema, mode);
    expect(values.filter((value) => !holdsFormat('byte', String(value)))).toEqual([]);
    expect(validator.isValid(schema, 'not base64!', 'response')).toBe(true);
  });

  it.each([
    ['uri', 15],
    ['uri', 5],
    ['email', 12],
    ['email', 6],
    ['hostname', 5],
    ['byte', 4],
  ])('are of the format %s in %i characters', (format, maxLength) => {
    const schema = { type: 'string', format, minLength: 1, maxLength };
    expect(validator.isValid(schema, made(schema, 'wild')[0] ?? null, 'request')).toBe(true);
  });

  it.each(['^[\\p{Script=Cyrillic}\\s]+$', '^[\\s\\u4e00-\\u9fff]{2,6}$', '^[ _]+$', '^[\\w\\s]*\\s+$|^\\S+$'])(
    'are no blanks in a plain run: %s',
    (pattern) => {
      const values = made({ type: 'string', pattern, minLength: 1 }, 'plain');
      expect(values.filter((value) => String(value).trim() === '')).toEqual([]);
    },
  );

  it('are blanks where nothing else can be', () => {
    const schema = { type: 'string', pattern: '^\\s+$' };
    expect(validator.isValid(schema, made(schema, 'wild')[0] ?? null, 'request')).toBe(true);
  });

  it('of a pattern that may take long are made, and so is what it refuses, as far as that can be told', () => {
    const schema = { type: 'string', pattern: '^([a-zA-Z0-9]+\\s?)+$', maxLength: 60 };
    for (const value of made(schema, 'wild')) expect(validator.isValid(schema, value, 'request')).toBe(true);
    const invalid = fc.sample(invalidArbitraryOf(contract, schema, { direction: 'request', mode: 'wild' }), 50);
    for (const { value } of invalid) expect(validator.isValid(schema, value, 'request')).toBe(false);
  });
});
