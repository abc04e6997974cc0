import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainly } from '../validate/formats.ts';
import { createValidator } from '../validate/validator.ts';
import type { Json } from '../vocabulary/json.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { arbitraryOf } from './arbitrary.ts';
import { UnsupportedSchema } from './cannot-make.ts';
import { invalidArbitraryOf } from './invalid-arbitrary.ts';
import { conditional, contractWith } from './laws/random-schema.ts';

const contract = contractWith({
  Tree: {
    type: 'object',
    required: ['value'],
    properties: { value: { type: 'integer' }, left: { $ref: '#/$defs/Tree' }, right: { $ref: '#/$defs/Tree' } },
    additionalProperties: false,
  },
  Endless: { type: 'object', required: ['next'], properties: { next: { $ref: '#/$defs/Endless' } } },
  Expression: {
    oneOf: [
      { type: 'number' },
      {
        type: 'object',
        required: ['op', 'args'],
        properties: {
          op: { enum: ['+', '*'] },
          args: { type: 'array', minItems: 2, items: { $ref: '#/$defs/Expression' } },
        },
      },
    ],
  },
  Left: { type: 'object', properties: { next: { $ref: '#/$defs/Both' }, l: { type: 'string' } } },
  Right: { type: 'object', properties: { next: { $ref: '#/$defs/Both' }, r: { type: 'string' } } },
  Both: { allOf: [{ $ref: '#/$defs/Left' }, { $ref: '#/$defs/Right' }] },
});
const validator = createValidator(contract);

/** A schema as real documents have it, and its smallest value where there is only one. */
const schemas: Readonly<Record<string, { readonly schema: Schema; readonly smallest?: Json }>> = {
  'a nullable enum': { schema: { type: ['string', 'null'], enum: ['open', 'closed', null] } },
  'allOf with additionalProperties false that knows all names': {
    schema: {
      allOf: [
        {
          type: 'object',
          properties: { a: { type: 'string' }, b: true },
          required: ['a'],
          additionalProperties: false,
        },
        { type: 'object', properties: { a: { minLength: 3 }, c: true } },
      ],
    },
    smallest: { a: 'aaa' },
  },
  'oneOf with branches that overlap': {
    schema: {
      oneOf: [
        { type: 'integer', minimum: 0 },
        { type: 'integer', maximum: 10 },
      ],
    },
    smallest: 11,
  },
  'a recursive tree': { schema: { $ref: '#/$defs/Tree' }, smallest: { value: 0 } },
  'a recursive expression': { schema: { $ref: '#/$defs/Expression' }, smallest: 0 },
  'recursion through two branches at once': { schema: { $ref: '#/$defs/Both' }, smallest: {} },
  'a password with lookaheads': {
    schema: {
      type: 'string',
      pattern: '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[@$!%*?&])[A-Za-z\\d@$!%*?&]{8,}$',
      maxLength: 72,
    },
  },
  'a negative lookahead': { schema: { type: 'string', pattern: '^(?!.*--)[a-z0-9-]{1,20}$' }, smallest: 'a' },
  'a decimal as a string': {
    schema: { type: 'string', pattern: '^-?(0|[1-9]\\d{0,11})(\\.\\d{1,4})?$', examples: ['12.50'] },
  },
  'a slug': {
    schema: { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', minLength: 3, maxLength: 64 },
    smallest: 'aaa',
  },
  'a phone number without anchors': { schema: { type: 'string', pattern: '\\+[1-9]\\d{6,14}', maxLength: 20 } },
  'an exact decimal': { schema: { type: 'number', multipleOf: 0.01, exclusiveMinimum: 0, maximum: 999999.99 } },
  'two grids at once': {
    schema: {
      allOf: [
        { type: 'integer', multipleOf: 4 },
        { multipleOf: 6, minimum: 1 },
      ],
    },
    smallest: 12,
  },
  'a date-time with bounds that mean nothing to strings': {
    schema: { type: 'string', format: 'date-time', minimum: 5, formatMinimum: '2020-01-01T00:00:00Z' },
  },
  'a format with a length': { schema: { type: 'string', format: 'email', maxLength: 40 } },
  'a map with named keys': {
    schema: {
      type: 'object',
      propertyNames: { pattern: '^[a-z]{2}$' },
      additionalProperties: { type: 'string', minLength: 1 },
      minProperties: 2,
    },
  },
  'patternProperties only': {
    schema: {
      type: 'object',
      patternProperties: { '^x-': { type: 'integer' } },
      additionalProperties: false,
      minProperties: 1,
    },
  },
  dependentRequired: {
    schema: {
      type: 'object',
      properties: { card: { type: 'string' }, address: { type: 'string' } },
      dependentRequired: { card: ['address'] },
    },
    smallest: {},
  },
  'if, then and else': {
    schema: {
      type: 'object',
      required: ['country', 'code'],
      properties: { country: { enum: ['US', 'NL'] }, code: { type: 'string' } },
      ...conditional(
        { properties: { country: { const: 'US' } } },
        { properties: { code: { pattern: '^\\d{5}$' } } },
        { properties: { code: { pattern: '^\\d{4}[A-Z]{2}$' } } },
      ),
    },
  },
  'a tuple': {
    schema: {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'integer', minimum: 1 }],
      items: false,
      minItems: 2,
    },
    smallest: ['', 1],
  },
  contains: {
    schema: { type: 'array', items: { type: 'integer' }, contains: { minimum: 100 }, minContains: 2, maxItems: 4 },
    smallest: [100, 100],
  },
  'unique items of a small enum': {
    schema: { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 3 },
  },
  unevaluatedProperties: {
    schema: {
      allOf: [{ properties: { a: { type: 'string' } } }],
      properties: { b: { type: 'integer' } },
      required: ['b'],
      unevaluatedProperties: false,
      type: 'object',
    },
    smallest: { b: 0 },
  },
  'not a listed word': { schema: { type: 'string', minLength: 1, not: { enum: ['admin', 'root'] } }, smallest: 'a' },
  'exclusive optional properties': {
    schema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
      additionalProperties: false,
    },
  },
  'no type, but properties': {
    schema: { properties: { name: { type: 'string', minLength: 2 } }, required: ['name'] },
    smallest: { name: 'aa' },
  },
  'integers beyond 2^53': {
    schema: { type: 'integer', minimum: 1152921504606846976, maximum: 1152921504606846976 },
    smallest: 1152921504606846976,
  },
  'a bound that is not on the grid': { schema: { type: 'number', multipleOf: 0.25, minimum: 0.3 } },
};

function smallestOf(schema: Schema): Json | undefined {
  let last: Json | undefined;
  // Every value fails, so the last one that is tried is the end of the shrinking.
  const property = fc.property(arbitraryOf(contract, schema, { direction: 'request', mode: 'wild' }), (value) => {
    last = value;
    return false;
  });
  fc.check(property, { seed: 5 });
  return last;
}

describe('schemas of real documents', () => {
  it.each(Object.entries(schemas))('%s', (_name, { schema, smallest }) => {
    for (const mode of ['plain', 'wild'] as const) {
      const values = fc.sample(arbitraryOf(contract, schema, { direction: 'request', mode }), {
        seed: 11,
        numRuns: 200,
      });
      for (const value of values) expect(validator.validate(schema, value, 'request')).toEqual([]);
      const invalid = fc.sample(invalidArbitraryOf(contract, schema, { direction: 'request', mode }), {
        seed: 11,
        numRuns: 200,
      });
      for (const { value, violation } of invalid)
        expect(validator.isValid(schema, value, 'request'), violation.description).toBe(false);
    }
    if (smallest !== undefined) expect(smallestOf(schema)).toEqual(smallest);
  });

  it('are said to be unsupported where no value can be', () => {
    const impossible: readonly Schema[] = [
      false,
      { $ref: '#/$defs/Endless' },
      { type: 'integer', minimum: 5, maximum: 4 },
      { allOf: [{ type: 'string' }, { type: 'integer' }] },
      { type: 'string', pattern: '^a$', minLength: 2 },
    ];
    for (const schema of impossible)
      expect(
        () => arbitraryOf(contract, schema, { direction: 'request', mode: 'wild' }),
        JSON.stringify(schema),
      ).toThrow(UnsupportedSchema);
  });

  it('say what was done to them', () => {
    const schema = {
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string' }, limit: { type: 'integer', minimum: 1 }, status: { enum: ['open'] } },
    };
    const sample = fc.sample(invalidArbitraryOf(contract, schema, { direction: 'request', mode: 'plain' }), {
      seed: 2,
      numRuns: 300,
    });
    const said = new Set(sample.map(({ violation }) => violation.description));
    for (const sentence of [
      'title is missing',
      'title is a number, must be a string',
      'limit is 0, the minimum is 1',
      'an unknown status "unknown"',
    ])
      expect(said).toContain(sentence);
  });

  it('leave out of requests what is readOnly, and of responses what is writeOnly', () => {
    const schema = {
      type: 'object',
      required: ['id', 'password'],
      properties: { id: { type: 'integer', readOnly: true }, password: { type: 'string', writeOnly: true } },
      examples: [{ id: 4, password: 'p' }],
    };
    for (const [direction, hidden] of [
      ['request', 'id'],
      ['response', 'password'],
    ] as const) {
      const values = fc.sample(arbitraryOf(contract, schema, { direction, mode: 'wild' }), { seed: 1, numRuns: 50 });
      expect(values.some((value) => isJsonObject(value) && hidden in value)).toBe(false);
    }
  });

  it('hold U+0000 only when it is asked for', () => {
    const values = (nul: boolean) =>
      fc.sample(arbitraryOf(contract, { type: 'string' }, { direction: 'request', mode: 'wild', nul }), {
        seed: 1,
        numRuns: 500,
      });
    expect(values(false).some((value) => String(value).includes('\0'))).toBe(false);
    expect(values(true).some((value) => String(value).includes('\0'))).toBe(true);
  });

  it.each([
    ['uri', '^https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?$'],
    ['email', '^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\\.[A-Za-z0-9.-]+$'],
  ])('are what every reader takes for %s where a pattern leaves room for more', (format, pattern) => {
    const schema = { type: 'string', format, pattern };
    const values = fc.sample(arbitraryOf(contract, schema, { direction: 'request', mode: 'wild' }), {
      seed: 3,
      numRuns: 300,
    });
    expect(values.filter((value) => !isPlainly(format, String(value)))).toEqual([]);
    expect(new Set(values).size).toBeGreaterThan(20);
  });

  it.each(['plain', 'wild'] as const)('are numbers where a number may be told as text, in a %s run', (mode) => {
    const values = (...others: readonly Schema[]) =>
      fc.sample(arbitraryOf(contract, { anyOf: [{ type: 'number' }, ...others] }, { direction: 'request', mode }), {
        seed: 1,
        numRuns: 60,
      });
    expect(new Set(values({ type: 'string' }).map((value) => typeof value))).toEqual(new Set(['number']));
    expect(values({ type: 'string', pattern: '^[0-9]{1,4}$' }).map((value) => typeof value)).toContain('string');
  });
});
