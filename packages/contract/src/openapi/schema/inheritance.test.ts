import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryOf } from '../../generate/arbitrary.ts';
import { invalidArbitraryOf } from '../../generate/invalid-arbitrary.ts';
import { createValidator } from '../../validate/validator.ts';
import type { Json } from '../../vocabulary/json.ts';
import { answering, read } from '../document-for-tests.ts';

const pet = (more: string) =>
  `Pet: {type: object, required: [petType], properties: {petType: {type: string}, name: {type: string}}, discriminator: {propertyName: petType${more}}}`;
const heir = (name: string, parent: string, property: string) =>
  `${name}: {allOf: [{$ref: '#/components/schemas/${parent}'}, {type: object, required: [${property}], properties: {${property}: {type: integer}}}]}`;
const mapping = ", mapping: {cat: '#/components/schemas/Cat', dog: Dog}";

function of(components: string, root = 'Pet') {
  const contract = read(answering(`{$ref: '#/components/schemas/${root}'}`, `{${components}}`));
  const validator = createValidator(contract);
  const schema = { $ref: `#/$defs/${root}` };
  const options = { direction: 'request', mode: 'wild' } as const;
  return {
    contract,
    judged: (value: Json) => validator.validate(schema, value, 'response').map(({ message }) => message),
    kinds: () => {
      const values = fc.sample(arbitraryOf(contract, schema, options), { seed: 1, numRuns: 100 });
      for (const value of values) expect(validator.validate(schema, value, 'request')).toEqual([]);
      return [...new Set(values.map((value) => (value as { petType: Json }).petType))].toSorted();
    },
    wrong: () =>
      fc
        .sample(invalidArbitraryOf(contract, schema, options), { seed: 1, numRuns: 200 })
        .map(({ violation }) => violation.description),
  };
}

describe('a base with a discriminator, and what is all of it', () => {
  const mapped = of([pet(mapping), heir('Cat', 'Pet', 'lives'), heir('Dog', 'Pet', 'bark')].join(', '));

  test('is read without a problem', () => {
    expect(mapped.contract.problems).toEqual([]);
    expect(mapped.contract.definitions.Cat).toMatchObject({ allOf: [{ $ref: '#/$defs/Pet.base' }, {}, {}] });
  });

  test('is sent as one of the kinds in the mapping', () => {
    expect(mapped.kinds()).toEqual(['cat', 'dog']);
  });

  test('is judged as the kind that it says it is', () => {
    expect(mapped.judged({ petType: 'cat', lives: 9 })).toEqual([]);
    expect(mapped.judged({ petType: 'cat', bark: 1 })).toEqual(['the value must have the property "lives"']);
    expect(mapped.judged({ petType: 'dog', bark: 'loud' })).toEqual(['"/bark" must be an integer, got "loud"']);
  });

  test('is judged by itself where its kind is not told of', () => {
    expect(mapped.judged({ petType: 'bird' })).toEqual([]);
    expect(mapped.judged({ name: 'x' })).toEqual(['the value must have the property "petType"']);
    expect(mapped.wrong().filter((description) => /petType is .*(?:unknown|enum|one of)/.test(description))).toEqual(
      [],
    );
    expect(mapped.wrong()).toContain('petType is missing');
  });

  test('a kind that is asked for by name says which it is', () => {
    const cat = of([pet(mapping), heir('Cat', 'Pet', 'lives'), heir('Dog', 'Pet', 'bark')].join(', '), 'Cat');
    expect(cat.kinds()).toEqual(['cat']);
    expect(cat.judged({ petType: 'tomcat', lives: 9 })).toEqual([]);
  });

  test('without a mapping the kinds go by their names, and those in between are not sent', () => {
    const { kinds, judged, contract } = of(
      [pet(''), heir('Feline', 'Pet', 'claws'), heir('Cat', 'Feline', 'lives'), heir('Dog', 'Pet', 'bark')].join(', '),
    );
    expect(contract.problems).toEqual([]);
    expect(kinds()).toEqual(['Cat', 'Dog']);
    expect(judged({ petType: 'Cat', lives: 9 })).toEqual(['the value must have the property "claws"']);
    expect(judged({ petType: 'Feline' })).toEqual(['the value must have the property "claws"']);
  });

  test('with an abstract kind between that the mapping leaves out there is no circle', () => {
    const { kinds, contract } = of(
      [pet(', mapping: {cat: Cat}'), heir('Feline', 'Pet', 'claws'), heir('Cat', 'Feline', 'lives')].join(', '),
    );
    expect(contract.problems).toEqual([]);
    expect(kinds()).toEqual(['cat']);
  });

  test('values that a kind or the base pins say it better than a name', () => {
    const pins = heir('Cat', 'Pet', 'lives').replace('{lives:', '{petType: {enum: [tabby]}, lives:');
    expect(of([pet(''), pins].join(', ')).kinds()).toEqual(['tabby']);
    const base = pet('').replace('{type: string}', '{enum: [Dog, x]}');
    expect(of([base, heir('Cat', 'Pet', 'lives'), heir('Dog', 'Pet', 'bark')].join(', ')).kinds()).toEqual(['Dog']);
  });
});
