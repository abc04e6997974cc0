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

  it.each(['plain', 'wild'] as const)('are UUIDs of the version that is asked for, in a %s run', (mode) => {
    for (const version of [1, 4, 7]) {
      const values = made({ type: 'string', format: `uuid${version}` }, mode).map(String);
      const shape = new RegExp(`^[\\da-f]{8}-[\\da-f]{4}-${version}[\\da-f]{3}-[89ab][\\da-f]{3}-[\\da-f]{12}$`, 'i');
      expect(values.filter((value) => !shape.test(value))).toEqual([]);
    }
    const wrong = invalidArbitraryOf(contract, { type: 'string', format: 'uuid4' }, { direction: 'request', mode });
    expect(fc.sample(wrong, 20).map(({ value }) => value)).toContain('not-a-uuid');
  });

  it('are of the formats that Pydantic has, and of one that nobody knows as an example is', () => {
    const shapes: Readonly<Record<string, RegExp>> = {
      ipvanyaddress: /^[\d.]+$/,
      ipv4network: /^192\.0\.2\.\d+\/28$/,
      ipv6network: /^2001:db8:[\da-f]+::\/48$/,
      'name-email': /^\w+ \w+ <\S+@example\.com>$/,
    };
    for (const [format, shape] of Object.entries(shapes))
      for (const value of made({ type: 'string', format }, 'plain')) expect(value).toMatch(shape);
    const values = made({ type: 'string', format: 'phone', examples: ['+15550100'] }, 'plain');
    expect(values.filter((value) => value === '+15550100').length).toBeGreaterThan(values.length / 2);
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
