import { describe, expect, it } from 'vitest';
import { contractWith } from '../generate/laws/random-schema.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { createValidator } from './validator.ts';

const contract = contractWith({
  Base: {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { $ref: '#/$defs/Id' }, name: { type: 'string', minLength: 1 } },
  },
  Id: { type: 'integer', readOnly: true },
  Account: {
    allOf: [
      { $ref: '#/$defs/Base' },
      { type: 'object', required: ['password'], properties: { password: { type: 'string', writeOnly: true } } },
    ],
  },
  Loop: { allOf: [{ $ref: '#/$defs/Loop' }, { type: 'string' }] },
  Cat: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
  Dog: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, barks: { type: 'boolean' } } },
  Pet: {
    oneOf: [{ $ref: '#/$defs/Cat' }, { $ref: '#/$defs/Dog' }],
    discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } },
  },
});
const validator = createValidator(contract);
const messages = (schema: Schema, value: Json, direction: 'request' | 'response' = 'response') =>
  validator.validate(schema, value, direction).map(({ message }) => message);

describe('the validator', () => {
  it('says in plain words what is wrong, the deepest first', () => {
    const schema = {
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string', minLength: 1 }, tags: { type: 'array', items: { type: 'string' } } },
    };
    expect(messages(schema, { title: '', tags: ['a', 3] })).toEqual([
      '"/tags/1" must be a string, got 3',
      '"/title" must be a string of at least 1 character, got ""',
    ]);
    expect(messages(schema, [])).toEqual(['the value must be an object, got an array']);
    expect(messages(schema, {})).toEqual(['the value must have the property "title"']);
    expect(validator.validate(schema, { title: 5 }, 'response')).toEqual([
      {
        pointer: '/title',
        keyword: 'type',
        message: '"/title" must be a string, got 5',
        expected: 'string',
        actual: 5,
      },
    ]);
  });

  it('does not ask requests for what is readOnly, nor responses for what is writeOnly', () => {
    const account = { $ref: '#/$defs/Account' };
    expect(messages(account, { name: 'Ann', password: 'x' }, 'request')).toEqual([]);
    expect(messages(account, { id: 1, name: 'Ann' }, 'response')).toEqual([]);
    expect(messages(account, { name: 'Ann' }, 'response')).toEqual(['the value must have the property "id"']);
    expect(messages(account, { name: 'Ann' }, 'request')).toEqual(['the value must have the property "password"']);
    // The mark and the requirement may stand in different branches.
    const apart: Schema = {
      allOf: [{ type: 'object', required: ['id'] }, { properties: { id: { readOnly: true, type: 'integer' } } }],
    };
    expect(messages(apart, {}, 'request')).toEqual([]);
    expect(messages(apart, {}, 'response')).toHaveLength(1);
  });

  it('reads decimals as they are written', () => {
    for (const value of [1.1, 0.07, 4.35, 1000000.01, 19.99, 0.01, -2.3])
      expect(messages({ type: 'number', multipleOf: 0.01 }, value)).toEqual([]);
    expect(messages({ type: 'number', multipleOf: 0.01 }, 1.005)).toEqual([
      'the value must be a multiple of 0.01, got 1.005',
    ]);
    expect(messages({ type: 'integer', multipleOf: 7 }, 2 ** 60)).toEqual([]);
  });

  it('lets int64 reach its bounds and int32 not pass them', () => {
    const bounds: readonly Json[] = [JSON.parse('9223372036854775807'), JSON.parse('-9223372036854775808')];
    for (const value of bounds)
      expect(messages({ type: 'integer', format: 'int64', maximum: 2 ** 63 }, value)).toEqual([]);
    expect(messages({ type: 'integer', format: 'int32' }, 2147483648)).toEqual([
      'the value must be a number of the format int32, got 2147483648',
    ]);
  });

  it('explains the branch that came closest', () => {
    const shapes: Schema = {
      oneOf: [{ type: 'object', required: ['radius'], properties: { radius: { type: 'number' } } }, { type: 'string' }],
    };
    expect(messages(shapes, { radius: 'wide' })).toEqual(['"/radius" must be a number, got "wide"']);
    const overlapping = { oneOf: [{ type: 'number' }, { type: 'integer' }] };
    expect(messages(overlapping, 3, 'request')).toEqual([
      'the value must fit exactly one of 2 alternatives, it fits 2',
    ]);
    expect(messages({ anyOf: [{ type: 'string' }, { type: 'null' }] }, 4)).toEqual([
      'the value fits none of 2 alternatives, got 4 (the value must be a string, got 4; the value must be null, got 4)',
    ]);
  });

  it('does not mind an answer that fits several of oneOf, but where that is ruled out', () => {
    const overlapping = { oneOf: [{ type: 'number' }, { type: 'integer' }] };
    expect(messages(overlapping, 3)).toEqual([]);
    expect(messages({ ...overlapping, anyOf: [{ minimum: 5 }] }, 3)).toHaveLength(1);
    expect(messages(overlapping, 'x')[0]).toContain('fits none of 2 alternatives');
    expect(messages({ not: overlapping }, 3)).toEqual([]);
    // oxlint-disable-next-line unicorn/no-thenable
    expect(messages({ if: overlapping, then: false, else: true }, 3)).toEqual([]);
  });

  it('follows discriminators, with a mapping and without', () => {
    const pet = { $ref: '#/$defs/Pet' };
    expect(messages(pet, { kind: 'cat', lives: 9 })).toEqual([]);
    expect(messages(pet, { kind: 'Dog', barks: true })).toEqual([]);
    expect(messages(pet, { kind: 'cat', lives: 'nine' })).toEqual(['"/lives" must be an integer, got "nine"']);
    expect(messages(pet, { kind: 'bird' })[0]).toContain('fits none of 2 alternatives');
  });

  it('tolerates what documents really hold', () => {
    const odd: Schema = {
      type: 'object',
      required: true,
      properties: {
        a: { type: 'string', minLength: '3', required: true, pattern: '(?i)abc', format: 'made-up', 'x-note': 1 },
        b: { enum: [] },
        c: { type: 'file' },
      },
    };
    expect(messages(odd, { a: 'x', b: 2, c: {} })).toEqual([]);
    expect(messages({ type: 'string', pattern: '^[\\w-\\.]+$' }, 'a-b.c')).toEqual([]);
    expect(messages({ $ref: '#/$defs/Nowhere' }, 1)).toEqual([]);
    expect(messages({ $ref: '#/$defs/Loop' }, 1)).toEqual(['the value must be a string, got 1']);
    expect(messages({ $ref: '#/$defs/Base/properties/name' }, '')).toHaveLength(1);
  });

  it('is not misled by names that every object has', () => {
    const schema = { type: 'object', required: ['constructor', 'toString'] };
    expect(messages(schema, {})).toHaveLength(2);
    expect(messages({ type: 'object', additionalProperties: false, properties: { a: true } }, { toString: 1 })).toEqual(
      ['the value must not have the property "toString"'],
    );
  });

  it('counts characters as code points', () => {
    expect(messages({ type: 'string', maxLength: 2 }, '\u{1F600}\u{1F600}')).toEqual([]);
    expect(messages({ type: 'string', minLength: 3 }, '\u{1F600}\u{1F600}')).toHaveLength(1);
  });

  it('survives values nested deeper than the stack', () => {
    const deep = JSON.parse(`${'{"c":['.repeat(20_000)}${']}'.repeat(20_000)}`) as Json;
    const nested = contractWith({
      Node: { type: 'object', properties: { c: { type: 'array', items: { $ref: '#/$defs/Node' } } } },
    });
    expect(createValidator(nested).validate({ $ref: '#/$defs/Node' }, deep, 'response')).toHaveLength(1);
  });
});
