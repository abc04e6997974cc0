import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../vocabulary/json.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { answerOf } from './document-for-tests.ts';
import { contractFromDocument, readContract } from './read-contract.ts';

/** Schemas of OpenAPI 3.0 that refer to the components A, B and C at will, below a property, so that no circle is without an end. */
const { schema } = fc.letrec<{ schema: Json; inner: Json }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ type: fc.constantFrom('string', 'integer', 'boolean'), nullable: fc.boolean() }),
    fc.record({
      type: fc.constant('integer'),
      minimum: fc.integer({ min: -3, max: 3 }),
      exclusiveMinimum: fc.boolean(),
    }),
    fc.record({ type: fc.constant('string'), enum: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }) }),
    fc.record({ type: fc.constant('array'), items: tie('inner') }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom('p', 'q'), tie('inner')),
      nullable: fc.boolean(),
    }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
  ),
  inner: fc.oneof(
    { depthSize: 'small' },
    tie('schema'),
    fc.constantFrom('A', 'B', 'C').map((name) => ({ $ref: `#/components/schemas/${name}` })),
  ),
}));

const components = fc.record({ A: schema, B: schema, C: schema });

function document(answer: Json, schemas: { readonly [name: string]: Json }): Json {
  const content = { 'application/json': { schema: answer } };
  return {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { responses: { 200: { description: 'ok', content } } } } },
    components: { schemas },
  };
}

const timeless = (contract: Contract) => ({
  ...contract,
  operations: contract.operations.map((operation) => ({ ...operation, line: null })),
  problems: contract.problems
    .map(({ message, pointer }) => ({ message, pointer }))
    .toSorted((a, b) => (a.pointer + a.message < b.pointer + b.message ? -1 : 1)),
});

test('YAML, JSON and the value itself give the same contract, each time', () => {
  fc.assert(
    fc.property(schema, components, (answer, schemas) => {
      const value = JSON.parse(JSON.stringify(document(answer, schemas))) as Json;
      const once = timeless(readContract({ path: 'api', text: JSON.stringify(value) }));
      expect(timeless(readContract({ path: 'api', text: JSON.stringify(value, null, 2) }))).toEqual(once);
      expect(timeless(readContract({ path: 'api', text: stringify(value) }))).toEqual(once);
      expect(timeless(contractFromDocument(value, 'api'))).toEqual(once);
    }),
  );
});

test('a schema written in place says the same as a reference to it', () => {
  const values: fc.Arbitrary<Json> = fc
    .jsonValue({ maxDepth: 3 })
    .map((value) => JSON.parse(JSON.stringify(value)) as Json);
  fc.assert(
    fc.property(components, fc.array(fc.oneof(values, near())), (schemas, candidates) => {
      const [referred, inPlace] = [{ $ref: '#/components/schemas/A' }, schemas.A].map((answer) => {
        const contract = contractFromDocument(document(answer ?? {}, schemas), 'api');
        const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
        return ajv.compile({ $defs: contract.definitions, allOf: [answerOf(contract)] });
      });
      for (const candidate of candidates) expect(referred?.(candidate)).toBe(inPlace?.(candidate));
    }),
    { numRuns: 60 },
  );
});

/** Values of the kind that the schemas above speak about. */
function near(): fc.Arbitrary<Json> {
  const leaf = fc.constantFrom<Json>('a', 'c', 'd', -3, 0, 3, true, null);
  return fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('p', 'q'), fc.oneof(leaf, fc.array(leaf, { maxLength: 2 }))),
  );
}
