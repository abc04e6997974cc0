import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createValidator } from '../validate/validator.ts';
import type { JsonObject } from '../vocabulary/json.ts';
import { arbitraryOf } from './arbitrary.ts';
import { isContradictory } from './contradiction.ts';
import { anyFacet } from './facet.ts';
import { conditional, contractWith } from './laws/random-schema.ts';

/** A payment of so many kinds, each with what it needs. */
const kinds = (count: number): JsonObject => ({
  type: 'object',
  allOf: Array.from({ length: count }, (_, index) =>
    conditional(
      { properties: { kind: { const: index } }, required: ['kind'] },
      { required: [`b${index}`] },
      { required: [`c${index}`] },
    ),
  ),
});

it.each([3, 5, 12])('%i conditions about one property leave values to make, of every kind', (count) => {
  const contract = contractWith({});
  const schema = kinds(count);
  const { isValid } = createValidator(contract);
  const made = fc.sample(arbitraryOf(contract, schema, { direction: 'request', mode: 'wild' }), {
    seed: 1,
    numRuns: 400,
  });
  expect(made.every((value) => isValid(schema, value, 'request'))).toBe(true);
  const seen = new Set(made.map((value) => JSON.stringify(Object(value).kind)));
  for (let kind = 0; kind < count; kind++) expect(seen).toContain(String(kind));
});

it('sees what forbids or excludes all that a property could be', () => {
  const about = (...rules: readonly (boolean | JsonObject)[]) =>
    isContradictory({
      ...anyFacet,
      required: ['a'],
      objects: rules.map((rule) => ({ properties: { a: rule }, patterns: [], additional: undefined })),
    });
  expect(about(false)).toBe(true);
  expect(about({ const: 1 }, { const: 2 })).toBe(true);
  expect(about({ enum: [1, 2] }, { not: { const: 1 } }, { not: { enum: [2, 3] } })).toBe(true);
  expect(about({ enum: [1, 2] }, { not: { const: 1 } })).toBe(false);
  expect(about({ const: 1 }, { not: { const: 1, type: 'string' } })).toBe(false);
  expect(about({ type: 'string' }, { not: { const: 1 } })).toBe(false);
});
