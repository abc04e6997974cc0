import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../vocabulary/json.ts';
import { anyText } from './alphabet.ts';
import { contractWith } from './laws/random-schema.ts';
import { seededSource } from './source.ts';
import { createValueMaker } from './value-maker.ts';

const makerOf = (schema: JsonObject) =>
  createValueMaker(contractWith({}), schema, { direction: 'request', alphabet: anyText, name: 'the body' });

const list = (items: JsonObject, minItems: number) => ({ type: 'array', items, minItems });
const twenty = (pattern: string, times: number): string =>
  times === 0 ? pattern : twenty(`(${pattern}){20}`, times - 1);

describe('what a few lines ask for is not made where it is larger than what can be sent', () => {
  it.each<[string, JsonObject]>([
    ['a text', { type: 'string', minLength: 1_000_000_000 }],
    ['a text by its pattern', { type: 'string', pattern: `^${twenty('a', 5)}$` }],
    ['a list', list({ type: 'integer' }, 1_000_000_000)],
    ['what a list contains', { type: 'array', contains: { const: 5 }, minContains: 1_000_000_000 }],
    ['properties', { type: 'object', minProperties: 1_000_000_000 }],
    ['lists in lists', list(list(list({ type: 'integer' }, 1000), 1000), 1000)],
    ['long texts in a long list', list({ type: 'string', minLength: 90_000 }, 10_000)],
  ])('%s', (_name, schema) => {
    expect(() => makerOf(schema)).toThrow(/too large/);
    const optional = makerOf({ type: 'object', properties: { a: schema, b: { type: 'integer' } } });
    expect(optional.models[0]).toEqual({});
  });

  it('and a very long list of values is picked from in a part', () => {
    const maker = makerOf({ enum: Array.from({ length: 20_000 }, (_, index) => `v${index}`) });
    const made = new Set(Array.from({ length: 3000 }, (_, seed) => maker.make(seededSource(seed), 'wild')));
    expect(made.size).toBeGreaterThan(500);
    expect(made.size).toBeLessThanOrEqual(1000);
  });

  it('and is made where it is not', () => {
    expect(String(makerOf({ type: 'string', minLength: 100_000 }).models[0]).length).toBeGreaterThanOrEqual(100_000);
    expect(makerOf(list({ type: 'integer' }, 5000)).models[0]).toHaveLength(5000);
  });
});
