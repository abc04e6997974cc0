import { describe, expect, test } from 'vitest';
import { answering, answerOf, problemsOf, read } from '../document-for-tests.ts';

const in30 = (schema: string, components?: string) => answerOf(read(answering(schema, components, '3.0.3')));
const in31 = (schema: string, components?: string) => answerOf(read(answering(schema, components, '3.1.0')));
const said = (schema: string, version = '3.0.3', components = '{}') =>
  problemsOf(answering(schema, components, version)).map((problem) => problem.replace(/^api\.yaml:\d+:\d+: /, ''));

describe('OpenAPI 3.0 in JSON Schema 2020-12', () => {
  test.each([
    ['nullable', '{type: string, nullable: true}', { type: ['string', 'null'] }],
    ['nullable: false', '{type: string, nullable: false}', { type: 'string' }],
    [
      'nullable with enum',
      '{type: string, nullable: true, enum: [a]}',
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    ['nullable without a type', '{nullable: true}', {}],
    [
      'nullable beside allOf',
      '{description: d, nullable: true, allOf: [{type: object}]}',
      { description: 'd', anyOf: [{ allOf: [{ type: 'object' }] }, { type: 'null' }] },
    ],
    [
      'an exclusive minimum',
      '{type: integer, minimum: 0, exclusiveMinimum: true}',
      { type: 'integer', exclusiveMinimum: 0 },
    ],
    ['an inclusive maximum', '{type: integer, maximum: 9, exclusiveMaximum: false}', { type: 'integer', maximum: 9 }],
    ['an example', '{type: string, example: a}', { type: 'string', examples: ['a'] }],
    ['a file', '{type: file}', { type: 'string', format: 'binary' }],
    [
      'what is kept',
      '{type: string, format: byte, readOnly: true, deprecated: true, xml: {name: n}, title: t}',
      { type: 'string', format: 'byte', readOnly: true, deprecated: true, xml: { name: 'n' }, title: 't' },
    ],
    ['what is dropped', '{type: string, x-a: 1, externalDocs: {url: u}}', { type: 'string' }],
    [
      'a property called $ref or nullable',
      '{type: object, properties: {$ref: {type: string}, nullable: {type: boolean}}}',
      { type: 'object', properties: { $ref: { type: 'string' }, nullable: { type: 'boolean' } } },
    ],
  ])('%s', (_, schema, expected) => {
    expect(in30(schema)).toEqual(expected);
    expect(said(schema)).toEqual([]);
  });

  test('nullable beside a reference is taken as it is meant, and named', () => {
    const nullable = (value: string) => `{$ref: '#/components/schemas/A', nullable: ${value}}`;
    expect(in30(nullable('true'), '{A: {type: string}}')).toEqual({
      anyOf: [{ $ref: '#/$defs/A' }, { type: 'null' }],
    });
    expect(in30(nullable('false'), '{A: {type: string}}')).toEqual({ $ref: '#/$defs/A' });
    expect(said(nullable('true'), '3.0.3', '{A: {type: string}}')).toEqual([
      '`nullable` beside a `$ref` has no effect in OpenAPI 3.0; it is taken as it is meant; put the `$ref` into an `allOf`',
    ]);
  });

  test('siblings of a reference have no effect, and those that were meant to have one are named', () => {
    expect(in30("{$ref: '#/components/schemas/A', maxLength: 3, description: d}", '{A: {type: string}}')).toEqual({
      $ref: '#/$defs/A',
    });
    expect(
      said("{$ref: '#/components/schemas/A', maxLength: 3, description: d}", '3.0.3', '{A: {type: string}}'),
    ).toEqual(['`maxLength` beside a `$ref` has no effect in OpenAPI 3.0; put the `$ref` into an `allOf`']);
    expect(in31("{$ref: '#/components/schemas/A', description: d}", '{A: {type: string}}')).toEqual({
      $ref: '#/$defs/A',
      description: 'd',
    });
  });
});

describe('OpenAPI 3.1', () => {
  test.each([
    ['types', "{type: [string, 'null'], const: a}", { type: ['string', 'null'], const: 'a' }],
    ['null without quotes', '{type: [string, null]}', { type: ['string', 'null'] }],
    ['bounds', '{type: integer, exclusiveMinimum: 0}', { type: 'integer', exclusiveMinimum: 0 }],
    ['true and false', '{properties: {a: true, b: false}}', { properties: { a: true, b: false } }],
    [
      'the old tuple',
      '{type: array, items: [{type: string}], additionalItems: false}',
      { type: 'array', prefixItems: [{ type: 'string' }], items: false },
    ],
    [
      'the old dependencies',
      '{dependencies: {a: [b], c: {required: [d]}}}',
      { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['d'] } } },
    ],
    [
      'identifiers',
      '{$id: "https://e.x/a", $anchor: a, $comment: c, $defs: {b: {}}, type: string}',
      { type: 'string' },
    ],
  ])('%s', (_, schema, expected) => {
    expect(in31(schema)).toEqual(expected);
    expect(said(schema, '3.1.0')).toEqual([]);
  });

  test('references by pointer, escapes, anchor, $id and $dynamicRef', () => {
    const components =
      '{"A b/c~d%": {type: string}, B: {$anchor: bee, type: integer}, C: {$id: "https://e.x/c", $defs: {d: {type: boolean}}, properties: {d: {$ref: "#/$defs/d"}}}, N: {$dynamicAnchor: node, properties: {n: {$dynamicRef: "#node"}}}}';
    const { definitions } = read(
      answering(
        "{allOf: [{$ref: '#/components/schemas/A%20b~1c~0d%25'}, {$ref: '#bee'}, {$ref: 'https://e.x/c'}]}",
        components,
        '3.1.0',
      ),
    );
    expect(in31("{$ref: '#/components/schemas/A%20b~1c~0d%25'}", components)).toEqual({ $ref: '#/$defs/A_b.c.d_' });
    expect(in31("{$ref: '#bee'}", components)).toEqual({ $ref: '#/$defs/B' });
    expect(in31("{$ref: 'https://e.x/c'}", components)).toEqual({ $ref: '#/$defs/C' });
    expect(definitions).toEqual({
      'A_b.c.d_': { type: 'string' },
      B: { type: 'integer' },
      C: { properties: { d: { $ref: '#/$defs/d' } } },
      N: { properties: { n: { $ref: '#/$defs/N' } } },
      d: { type: 'boolean' },
    });
  });
});

describe('discriminator', () => {
  test('every branch gets its entry', () => {
    const schema =
      "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: Cat, gone: Bird}}}";
    const components = '{Cat: {type: object}, Dog: {type: object}}';
    expect(in30(schema, components)).toMatchObject({
      discriminator: { propertyName: 'kind', mapping: { cat: '#/$defs/Cat', Dog: '#/$defs/Dog' } },
    });
    expect(said(schema, '3.0.3', components)).toEqual([
      'the mapping of `gone` is left out: `Bird` cannot be read: there is no such file',
    ]);
  });

  test('without a property name it is left out', () => {
    expect(in30('{type: object, discriminator: {}}')).toEqual({ type: 'object' });
    expect(said('{type: object, discriminator: {}}')).toEqual([
      '`discriminator` has no `propertyName`; it is left out',
    ]);
  });
});

test('what a part of a composition requires may be declared in the whole', () => {
  const components =
    "{Page: {type: object, required: [content, total], properties: {total: {type: integer}}}, Pets: {allOf: [{$ref: '#/components/schemas/Page'}, {properties: {content: {type: array}}}]}}";
  expect(said("{$ref: '#/components/schemas/Pets'}", '3.0.3', components)).toEqual([]);
});

describe('what is wrong in a schema', () => {
  test.each([
    [
      'an unknown type',
      '{type: strnig}',
      {},
      ['`strnig` is not a type; the types are string, number, integer, boolean, array and object'],
    ],
    [
      'another name for a type',
      '{type: Datetime}',
      { type: 'string', format: 'date-time' },
      ['`Datetime` is not a type; it is taken for string with the format date-time'],
    ],
    ['an empty enum', '{enum: []}', {}, ['`enum` is empty, so that nothing could be valid; it is left out']],
    [
      'numbers in an enum of strings',
      '{type: string, enum: [1.0, a, a]}',
      { type: 'string', enum: ['1.0', 'a'] },
      [
        'the value 1.0 of this `enum` is not a string; it is taken for "1.0"',
        'the value "a" stands twice in this `enum`',
      ],
    ],
    [
      'a pattern that is none',
      "{type: string, pattern: '['}",
      { type: 'string' },
      ['`pattern` is not a regular expression (ECMAScript); it is left out'],
    ],
    [
      'a pattern of another dialect',
      "{type: string, pattern: '(?i)^ab-\\_$'}",
      { type: 'string', pattern: '(?i:^ab-_$)' },
      ['`pattern` is not a regular expression of ECMAScript; it is read as `(?i:^ab-_$)`'],
    ],
    [
      'a required name that is no property',
      '{type: object, required: [a, b], properties: {a: {}}}',
      { type: 'object', required: ['a'], properties: { a: {} }, 'x-assay-undescribed': ['b'] },
      ['`required` names `b`, which is not among the properties; it is left out'],
    ],
    [
      'a required name that can be none',
      '{type: object, required: [b], properties: {a: {}}, additionalProperties: false}',
      { type: 'object', properties: { a: {} }, additionalProperties: false },
      ['`required` names `b`, which is not among the properties; it is left out'],
    ],
    [
      'required on the property',
      '{type: object, properties: {a: {type: string, required: true}}}',
      { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      ['`required` is a list of names beside `properties`; this is read as `required: [a]` there'],
    ],
    [
      'bounds as texts',
      "{type: integer, minimum: '3'}",
      { type: 'integer', minimum: 3 },
      ['`minimum` must be a number; the text is taken for 3'],
    ],
    [
      'a length below zero',
      '{type: string, minLength: -1}',
      { type: 'string' },
      ['`minLength` must be a whole number from 0; it is left out'],
    ],
    [
      'bounds that contradict each other',
      '{type: integer, minimum: 5, maximum: 3}',
      { type: 'integer' },
      ['`minimum` 5 is above `maximum` 3, so that nothing could be valid; both are left out'],
    ],
    [
      'a misspelt keyword',
      '{type: string, maxlenght: 3}',
      { type: 'string' },
      ['`maxlenght` is not a keyword of a schema and has no effect; did you mean `maxLength`?'],
    ],
    [
      'a schema that is a text',
      '{type: array, items: string}',
      { type: 'array', items: {} },
      ['this must be a schema, but it is the text "string"'],
    ],
    [
      'a schema that is a text for a flag',
      "{type: object, additionalProperties: 'false'}",
      { type: 'object', additionalProperties: false },
      ['this must be a schema, true or false, not a text; it is taken for false'],
    ],
    [
      'allOf that is no list',
      '{allOf: {type: string}}',
      { allOf: [{ type: 'string' }] },
      ['`allOf` must be a list of schemas; it is taken for a list of one'],
    ],
    [
      'oneOf that is empty',
      '{type: string, oneOf: []}',
      { type: 'string' },
      ['`oneOf` must be a list with at least one schema; it is left out'],
    ],
    [
      'a reference to another kind of component',
      "{$ref: '#/components/responses/R'}",
      {},
      ['`#/components/responses/R` does not exist'],
    ],
  ])('%s', (_, schema, expected, problems) => {
    // A second operation, so that what loses its meaning does not end the reading.
    const text = answering(schema).replace(
      'paths: {',
      "paths: {/good: {get: {responses: {'200': {description: ok}}}}, ",
    );
    expect(read(text).operations.at(-1)?.responses[0]?.content[0]?.schema).toEqual(expected);
    expect(problemsOf(text).map((problem) => problem.replace(/^api\.yaml:\d+:\d+: /, ''))).toEqual(problems);
  });

  test('a $dynamicRef that others may override is taken for anything, and said', () => {
    const text = answering(
      "{$ref: '#/components/schemas/Users'}",
      `{
        Page: {properties: {items: {type: array, items: {$dynamicRef: '#T'}}}, $defs: {T: {$dynamicAnchor: T, not: {}}}},
        Users: {$ref: '#/components/schemas/Page', $defs: {T: {$dynamicAnchor: T, type: object}}}}`,
      '3.1.0',
    ).replace('paths: {', "paths: {/good: {get: {responses: {'200': {description: ok}}}}, ");
    expect(read(text).definitions.Page).toEqual({ properties: { items: { type: 'array', items: {} } } });
    expect(problemsOf(text)).toEqual([
      expect.stringContaining('`$dynamicRef` names an anchor that several schemas have'),
    ]);
  });

  test('3.0 words in 3.1 and 3.1 words in 3.0 are understood', () => {
    expect(in31('{type: string, nullable: true}')).toEqual({ type: ['string', 'null'] });
    expect(said('{type: string, nullable: true}', '3.1.0')).toHaveLength(1);
    expect(in31('{type: integer, minimum: 1, exclusiveMinimum: true}')).toEqual({
      type: 'integer',
      exclusiveMinimum: 1,
    });
    expect(in30('{type: integer, exclusiveMinimum: 1}')).toEqual({ type: 'integer', exclusiveMinimum: 1 });
  });
});
