import * as fc from 'fast-check';
import type { Contract, Operation, Schema } from '../../vocabulary/operation.ts';
import type { JsonObject } from '../../vocabulary/json.ts';

export function contractWith(
  definitions: Readonly<Record<string, Schema>>,
  operations: readonly Operation[] = [],
): Contract {
  return {
    source: 'test',
    format: 'openapi',
    version: '3.1.0',
    title: 'Test',
    operations,
    definitions,
    securitySchemes: [],
    problems: [],
  };
}

/** What random schemas may refer to: something recursive, something plain, and a union. */
export const definitions: Readonly<Record<string, Schema>> = {
  Tree: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1 },
      children: { type: 'array', items: { $ref: '#/$defs/Tree' } },
      parent: { anyOf: [{ $ref: '#/$defs/Tree' }, { type: 'null' }] },
    },
  },
  Money: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: { amount: { type: 'number', multipleOf: 0.01 }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
    additionalProperties: false,
  },
  Even: { type: ['string', 'integer'], multipleOf: 2, maxLength: 5 },
};

/** A schema with if, then and else; written in pairs, since an object with a `then` looks like a promise to `await`. */
export function conditional(condition: JsonObject, then: JsonObject, otherwise: JsonObject): JsonObject {
  const parts = [condition, then, otherwise];
  return Object.fromEntries(['if', 'then', 'else'].map((keyword, index) => [keyword, parts[index] ?? true]));
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Two different bounds in order, either of them perhaps absent. */
function bounds(low: string, high: string, values: fc.Arbitrary<number>): fc.Arbitrary<JsonObject> {
  return fc.tuple(optional(values), optional(values)).map(([a, b]) => {
    const [min, max] = a !== undefined && b !== undefined && a > b ? [b, a] : [a, b];
    return { ...(min === undefined ? {} : { [low]: min }), ...(max === undefined ? {} : { [high]: max }) };
  });
}

function joined(...parts: readonly fc.Arbitrary<JsonObject>[]): fc.Arbitrary<JsonObject> {
  return fc.tuple(...parts).map((list) => Object.assign({}, ...list) as JsonObject);
}

const names = fc.constantFrom('id', 'name', 'a/b', 'constructor', 'x~y', 'size');
const formats = [
  'date',
  'date-time',
  'time',
  'duration',
  'email',
  'uri',
  'uri-reference',
  'uuid',
  'hostname',
  'ipv4',
  'ipv6',
  'byte',
  'decimal',
  'password',
  'unknown',
];
const patterns = [
  '^[a-z]+$',
  'b',
  '^\\d{2,6}$',
  '^(?=.*\\d)[a-z0-9]{4,}$',
  '^\\p{Lu}',
  '[\\w-\\.]+',
  '^(yes|no|perhaps)$',
  '^\\S(.*\\S)?$',
  '^-?\\d+(\\.\\d{1,2})?$',
  '^(?!x)[a-z]{3}',
];

const strings = fc.oneof(
  joined(fc.constant({ type: 'string' }), bounds('minLength', 'maxLength', fc.integer({ min: 0, max: 30 }))),
  fc.constantFrom(...formats).map((format) => ({ type: 'string', format })),
  fc.constantFrom(...patterns).map((pattern) => ({ type: 'string', pattern })),
  fc.constantFrom(...patterns).map((pattern) => ({ type: 'string', pattern, minLength: 3, maxLength: 40 })),
);

const numbers = fc.oneof(
  joined(fc.constant({ type: 'integer' }), bounds('minimum', 'maximum', fc.integer({ min: -50, max: 50 }))),
  joined(
    fc.constant({ type: 'number' }),
    bounds('exclusiveMinimum', 'maximum', fc.constantFrom(-2.5, 0, 0.1, 7, 1000)),
  ),
  fc
    .constantFrom(0.01, 0.5, 3, 10)
    .map((multipleOf) => ({ type: 'number', multipleOf, minimum: 0, exclusiveMaximum: 100 })),
  fc
    .constantFrom('int32', 'int64', 'float', 'double')
    .map((format) => ({ type: format.startsWith('int') ? 'integer' : 'number', format })),
);

const listed = fc
  .uniqueArray(fc.constantFrom<null | boolean | number | string>('red', 'green', '', 1, 2.5, true, null), {
    minLength: 1,
    maxLength: 4,
  })
  .map((values) => ({ enum: values }));

/** Schemas of all kinds, most of which can be satisfied. */
export const randomSchema: fc.Arbitrary<Schema> = fc.letrec<{
  schema: JsonObject;
  object: JsonObject;
  array: JsonObject;
  combined: JsonObject;
  leaf: JsonObject;
}>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: tie('leaf') },
    { weight: 3, arbitrary: tie('object') },
    { weight: 2, arbitrary: tie('array') },
    { weight: 2, arbitrary: tie('combined') },
  ),
  leaf: fc.oneof(
    strings,
    numbers,
    listed,
    fc.constant({ type: 'boolean' }),
    fc.constant({ type: ['string', 'null'] }),
    fc.constantFrom(...Object.keys(definitions)).map((name) => ({ $ref: `#/$defs/${name}` })),
    fc.constant({}),
  ),
  object: fc
    .record({
      properties: fc.dictionary(names, tie('schema'), { maxKeys: 4, noNullPrototype: true }),
      required: fc.uniqueArray(names, { maxLength: 3 }),
      additional: fc.oneof(fc.constant(undefined), fc.boolean(), tie('leaf')),
      sizes: bounds('minProperties', 'maxProperties', fc.integer({ min: 0, max: 6 })),
      sized: fc.boolean(),
      hidden: fc.boolean(),
    })
    .map(({ properties, required, additional, sizes, sized, hidden }) => ({
      type: 'object',
      properties: hidden ? { ...properties, secret: { type: 'string', readOnly: true } } : properties,
      required: [
        ...required.filter((name) => additional !== false || Object.hasOwn(properties, name)),
        ...(hidden ? ['secret'] : []),
      ],
      ...(additional === undefined ? {} : { additionalProperties: additional }),
      ...(sized ? sizes : {}),
    })),
  array: fc
    .record({
      items: tie('schema'),
      sizes: bounds('minItems', 'maxItems', fc.integer({ min: 0, max: 5 })),
      unique: fc.boolean(),
      first: optional(tie('leaf')),
    })
    .map(({ items, sizes, unique, first }) => ({
      type: 'array',
      items,
      ...sizes,
      ...(unique ? { uniqueItems: true } : {}),
      ...(first === undefined ? {} : { prefixItems: [first] }),
    })),
  combined: fc.oneof(
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
    fc.tuple(tie('object'), tie('object')).map((allOf) => ({ allOf })),
    tie('leaf').map((not) => ({ not })),
    fc
      .tuple(tie('leaf'), tie('leaf'), tie('leaf'))
      .map(([condition, then, otherwise]) => conditional(condition, then, otherwise)),
  ),
})).schema;
