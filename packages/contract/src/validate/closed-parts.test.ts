import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryOf } from '../generate/arbitrary.ts';
import { contractWith } from '../generate/laws/random-schema.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { createValidator } from './validator.ts';

const contract = contractWith({
  ClosedName: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
  ClosedAge: { type: 'object', properties: { age: { type: 'integer' } }, additionalProperties: false },
});
const validator = createValidator(contract);
const messages = (schema: Schema, value: Json, direction: 'request' | 'response') =>
  validator.validate(schema, value, direction).map(({ message }) => message);

describe('parts of which each is closed', () => {
  it.each(['request', 'response'] as const)('are closed together in a %s', (direction) => {
    const said = (schema: Schema, value: Json) => messages(schema, value, direction);
    const whole: Schema = { allOf: [{ $ref: '#/$defs/ClosedName' }, { $ref: '#/$defs/ClosedAge' }] };
    const own: Schema = {
      allOf: [{ properties: { name: { type: 'string' } } }],
      properties: { age: { type: 'integer' } },
      additionalProperties: false,
    };
    const nested: Schema = { allOf: [whole, { properties: { at: { type: 'string' } } }] };
    for (const schema of [whole, own, nested]) {
      expect(said(schema, { name: 'Ann', age: 3 })).toEqual([]);
      expect(said(schema, { name: 'Ann', age: 3, more: 1 })).toEqual(['the value must not have the property "more"']);
      expect(said(schema, { name: 'Ann', age: 'three' })).toHaveLength(1);
    }
    expect(said(nested, { name: 'Ann', age: 3, at: 'noon' })).toEqual([]);
    expect(said({ $ref: '#/$defs/ClosedName' }, { name: 'Ann', age: 3 })).toHaveLength(1);
  });

  it('stay closed where that alone tells branches apart', () => {
    const either: Schema = { oneOf: [{ $ref: '#/$defs/ClosedName' }, { $ref: '#/$defs/ClosedAge' }] };
    expect(messages(either, { name: 'Ann', age: 3 }, 'response')).toHaveLength(1);
    expect(messages({ allOf: [{ $ref: '#/$defs/ClosedName' }] }, { age: 3 }, 'response')).toHaveLength(1);
  });

  it('can be made together', () => {
    const part = (name: string) => ({
      type: 'object',
      required: [name],
      properties: { [name]: { type: 'string' } },
      additionalProperties: false,
    });
    const schema = { allOf: [part('title'), part('note')] };
    const values = fc.sample(arbitraryOf(contract, schema, { direction: 'request', mode: 'wild' }), {
      seed: 1,
      numRuns: 30,
    });
    expect(
      new Set(
        values.map((value) =>
          Object.keys(value as object)
            .sort()
            .join(),
        ),
      ),
    ).toEqual(new Set(['note,title']));
  });
});
