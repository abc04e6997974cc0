import { registerSchema, unregisterSchema, validate as validateBy } from '@hyperjump/json-schema/draft-2020-12';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directedValidator, createValidator } from '../../validate/validator.ts';
import { explain } from '../../validate/explain.ts';
import type { Json } from '../../vocabulary/json.ts';
import type { Schema } from '../../vocabulary/operation.ts';
import { arbitraryOf } from '../arbitrary.ts';
import { UnsupportedSchema } from '../cannot-make.ts';
import { invalidArbitraryOf } from '../invalid-arbitrary.ts';
import { contractWith, definitions, randomSchema } from './random-schema.ts';

const contract = contractWith(definitions);
const validator = createValidator(contract);
const mode = fc.constantFrom('plain' as const, 'wild' as const);
const direction = fc.constantFrom('request' as const, 'response' as const);

/** Undefined where a random schema cannot be satisfied or cannot be violated. */
function orUnsupported<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnsupportedSchema) return undefined;
    throw error;
  }
}

/** Every value that shrinking can come to within a number of steps, taking the first offer each time and looking at the others. */
function shrinks<T>(arbitrary: fc.Arbitrary<T>, seed: number): readonly T[] {
  const seen: T[] = [];
  const property = fc.property(arbitrary, (value) => {
    seen.push(value);
    return seen.length % 3 === 0;
  });
  fc.check(property, { seed, numRuns: 2, endOnFailure: false });
  return seen.slice(0, 200);
}

describe('for random schemas', () => {
  it('every valid value, and every value it shrinks to, satisfies the validator', () => {
    let [made, unsupported] = [0, 0];
    fc.assert(
      fc.property(randomSchema, mode, direction, fc.integer(), (schema, chosen, way, seed) => {
        const arbitrary = orUnsupported(() => arbitraryOf(contract, schema, { direction: way, mode: chosen }));
        if (arbitrary === undefined) return void unsupported++;
        made++;
        for (const value of [...fc.sample(arbitrary, { seed, numRuns: 20 }), ...shrinks(arbitrary, seed)]) {
          expect(validator.validate(schema, value, way)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
    expect(made).toBeGreaterThan(unsupported * 4);
  });

  it('every invalid value, and every value it shrinks to, does not', () => {
    fc.assert(
      fc.property(randomSchema, mode, fc.integer(), (schema, chosen, seed) => {
        const arbitrary = orUnsupported(() =>
          invalidArbitraryOf(contract, schema, { direction: 'request', mode: chosen }),
        );
        if (arbitrary === undefined) return;
        for (const { value, violation } of [
          ...fc.sample(arbitrary, { seed, numRuns: 20 }),
          ...shrinks(arbitrary, seed),
        ]) {
          expect(violation.description).not.toBe('');
          expect(validator.isValid(schema, value, 'request')).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('the same seed gives the same values', () => {
    fc.assert(
      fc.property(randomSchema, mode, fc.integer(), (schema, chosen, seed) => {
        const sample = () =>
          orUnsupported(() =>
            fc.sample(arbitraryOf(contractWith(definitions), schema, { direction: 'request', mode: chosen }), {
              seed,
              numRuns: 10,
            }),
          );
        expect(sample()).toEqual(sample());
      }),
      { numRuns: 100 },
    );
  });

  it('Ajv and the explanations agree on which values are valid', () => {
    fc.assert(
      fc.property(
        randomSchema,
        fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 8, maxLength: 8 }),
        (schema, values) => {
          const directed = directedValidator(contract, 'response');
          const invalid = orUnsupported(() =>
            invalidArbitraryOf(contract, schema, { direction: 'response', mode: 'wild' }),
          );
          const near =
            invalid === undefined ? [] : fc.sample(invalid, { seed: 1, numRuns: 10 }).map(({ value }) => value);
          for (const value of [...values.map(asJson), ...near]) {
            const explained = explain(directed.schemas.resolve, directed.schemas.rewrite(schema), value).length === 0;
            expect(directed.test(schema)(value)).toBe(explained);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('another validator holds valid values for valid and invalid ones for invalid', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomSchema, fc.integer(), async (schema, seed) => {
        // What the other one sees differently by design: formats are annotations to it, and it divides doubles.
        if (/format|multipleOf|Money|readOnly|\[\\\\w-/.test(JSON.stringify(schema))) return;
        const valid = orUnsupported(() => arbitraryOf(contract, schema, { direction: 'request', mode: 'wild' }));
        const invalid = orUnsupported(() =>
          invalidArbitraryOf(contract, schema, { direction: 'request', mode: 'plain' }),
        );
        const judge = await secondOpinion(schema);
        for (const value of valid === undefined ? [] : fc.sample(valid, { seed, numRuns: 5 }))
          expect(judge(value)).toBe(true);
        for (const { value } of invalid === undefined ? [] : fc.sample(invalid, { seed, numRuns: 5 }))
          expect(judge(value)).toBe(false);
        compared++;
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(30);
  });
});

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

let opinions = 0;
async function secondOpinion(schema: Schema): Promise<(value: Json) => boolean> {
  const uri = `https://example.com/schema-${++opinions}`;
  const whole = typeof schema === 'boolean' ? {} : schema;
  registerSchema(
    JSON.parse(
      JSON.stringify({ ...whole, $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: definitions }),
    ),
    uri,
  );
  try {
    const validate = await validateBy(uri);
    return (value) => validate(JSON.parse(JSON.stringify(value))).valid;
  } finally {
    unregisterSchema(uri);
  }
}
