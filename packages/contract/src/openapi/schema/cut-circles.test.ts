import { expect, test } from 'vitest';
import { answering, read } from '../document-for-tests.ts';

test('a tree keeps its circle: each turn takes a step into the value', () => {
  const { definitions, problems } = read(
    answering(
      "{$ref: '#/components/schemas/T'}",
      "{T: {type: object, properties: {next: {$ref: '#/components/schemas/T'}}}}",
    ),
  );
  expect(definitions.T).toEqual({ type: 'object', properties: { next: { $ref: '#/$defs/T' } } });
  expect(problems).toEqual([]);
});

test('inheritance in both directions: the child has the parent without its list of children', () => {
  const components = `{
    Pet: {type: object, properties: {kind: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}},
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}}`;
  const { definitions, problems } = read(answering("{$ref: '#/components/schemas/Pet'}", components));
  expect(definitions.Cat).toMatchObject({ allOf: [{ $ref: '#/$defs/Pet.base' }, { type: 'object' }] });
  expect(definitions['Pet.base']).toEqual({ type: 'object', properties: { kind: { type: 'string' } } });
  expect(definitions.Pet).toMatchObject({ oneOf: [{ $ref: '#/$defs/Cat' }] });
  expect(problems).toEqual([]);
});

test.each([
  ['a schema that is itself', "{A: {$ref: '#/components/schemas/A'}}"],
  ['two that are each other', "{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}"],
  ['all of itself', "{A: {type: object, allOf: [{$ref: '#/components/schemas/A'}]}}"],
  ['not itself', "{A: {not: {anyOf: [{$ref: '#/components/schemas/A'}]}}}"],
])('%s: the circle is cut and said', (_, components) => {
  const { definitions, problems } = read(answering("{$ref: '#/components/schemas/A'}", components));
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^the schema `[AB]` is defined by itself, in a circle that never comes to a value; the circle is cut$/,
    ),
  ]);
  const reached = (name: string, seen: readonly string[]): void => {
    expect(seen).not.toContain(name);
    for (const [, next] of JSON.stringify(definitions[name]).matchAll(/#\/\$defs\/(\w+)/g))
      reached(next ?? '', [...seen, name]);
  };
  reached('A', []);
});
