import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inferShape } from '../shape/infer-shape.ts';
import { Fault } from '../vocabulary/fault.ts';
import { isJsonObject, type Json } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import { readContract } from './read-contract.ts';

const todo = { $ref: '#/components/schemas/Todo' };
const content = (schema: Json) => ({ 'application/json': { schema, example: { id: 1 } } });
const whole: Json = {
  openapi: '3.0.3',
  info: { title: 'Todos', version: '1' },
  servers: [{ url: 'http://localhost/{base}', variables: { base: { default: 'v1' } } }],
  security: [{ key: [] }],
  paths: {
    '/todos': {
      parameters: [{ name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, exclusiveMinimum: true } }],
      get: {
        operationId: 'list',
        responses: {
          200: {
            description: 'ok',
            headers: { Link: { schema: { type: 'string' } } },
            content: content({ type: 'array', items: todo }),
          },
        },
      },
      post: {
        requestBody: { required: true, content: content(todo) },
        responses: {
          201: {
            description: 'ok',
            content: content(todo),
            links: { read: { operationId: 'read', parameters: { id: '$response.body#/id' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/todos/{id}': {
      get: {
        operationId: 'read',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: { 200: { description: 'ok', content: content(todo) } },
      },
    },
  },
  components: {
    parameters: {
      Id: {
        name: 'id',
        in: 'path',
        required: true,
        style: 'simple',
        explode: false,
        schema: { type: 'integer', format: 'int64' },
      },
    },
    responses: {
      Error: {
        description: 'bad',
        content: content({
          oneOf: [todo, { $ref: '#/components/schemas/Other' }],
          discriminator: { propertyName: 'kind', mapping: { t: 'Todo' } },
        }),
      },
    },
    schemas: {
      Todo: {
        type: 'object',
        required: ['title'],
        properties: {
          id: { type: 'integer', readOnly: true },
          title: { type: 'string', pattern: '^.+$', maxLength: 9, nullable: true },
          parent: todo,
          tags: { type: 'array', items: { enum: ['a'] } },
        },
      },
      Other: { allOf: [todo, { type: 'object', additionalProperties: false }] },
    },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
};

/** Every value in the document, by the keys that lead there. */
function placesOf(value: Json, at: readonly string[] = []): readonly (readonly string[])[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => placesOf(member, [...at, key]))
      : [];
  return [at, ...inside];
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  const copy: Record<string, Json> | Json[] = Array.isArray(value)
    ? [...value]
    : { ...(isJsonObject(value) ? value : {}) };
  const member = isJsonObject(value) ? value[key] : Array.isArray(value) ? value[Number(key)] : undefined;
  if (rest.length === 0 && by === undefined) delete copy[key as keyof typeof copy];
  else Object.assign(copy, { [key]: replaced(member ?? null, rest, by) });
  return copy;
}

const places = placesOf(whole);
const foreign: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constantFrom<Json | undefined>(
    undefined,
    null,
    true,
    false,
    0,
    -1,
    '',
    'x',
    '#/nowhere',
    '{',
    [],
    {},
    [null],
    { $ref: 3 },
    { $ref: '#' },
    { $ref: '#/components/schemas/Other' },
    { type: [] },
  ),
  fc
    .constantFrom(...places)
    .map((place) =>
      place.reduce<Json>(
        (value, key) =>
          isJsonObject(value) ? (value[key] ?? null) : Array.isArray(value) ? (value[Number(key)] ?? null) : null,
        whole,
      ),
    ),
);

test('whatever is damaged, there is a fault with a place in it or a contract that can be used', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...places), foreign), { minLength: 1, maxLength: 3 }), (damages) => {
      const document = damages.reduce<Json>((value, [place, by]) => replaced(value, place, by), whole);
      const text = JSON.stringify(JSON.parse(JSON.stringify(document)), null, 1);
      try {
        expectUsable(readContract({ path: 'api.json', text }));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        expect(error.message).toMatch(/^api\.json:\d+:\d+: .+\n +\d+ \| /);
      }
    }),
    { numRuns: 200 },
  );
});

function expectUsable(contract: Contract): void {
  expect(contract.operations.length).toBeGreaterThan(0);
  expect(new Set(contract.operations.map(({ id }) => id)).size).toBe(contract.operations.length);
  for (const problem of contract.problems) expect(problem.line).toBeGreaterThan(0);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
  expect(() =>
    ajv.compile({ $defs: contract.definitions, anyOf: [...schemasOf(contract), true] })({ id: 1 }),
  ).not.toThrow();
  const { resources, bindings } = inferShape(contract);
  const names = resources.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { resource } of Object.values(bindings).flat()) expect(names).toContain(resource);
}

function schemasOf({ operations, definitions }: Contract): readonly Schema[] {
  const used = operations.flatMap(({ parameters, requestBody, responses }) => [
    ...parameters.map(({ schema }) => schema),
    ...(requestBody?.content ?? []).map(({ schema }) => schema),
    ...responses.flatMap((response) => [...response.headers, ...response.content].map(({ schema }) => schema)),
  ]);
  return [...used, ...Object.keys(definitions).map((name) => ({ $ref: `#/$defs/${name}` }))];
}
