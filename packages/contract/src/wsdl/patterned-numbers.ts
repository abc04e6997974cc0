import * as fc from 'fast-check';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';

const most = 30;

/** A pattern that allows all of these leaves nothing to be done: most numbers fit it. */
const ordinary = ['1', '42', '123456789'];

/**
 * Numbers that a pattern allows, in the form in which every backend writes them: `007` may come back as `7`, so it is none. JSON Schema knows no pattern of
 * numbers, and by chance nothing fits `[0-9]{1,11}\.[0-9]{2}`. Empty when none is found.
 */
export function numbersOf(pattern: string, schema: Schema): readonly number[] {
  // Repeated groups multiply, and a stranger wrote the pattern.
  if (pattern.length > 100 || /\)[*+{]|\{\d*,?\d{3}/.test(pattern)) return [];
  try {
    const expression = new RegExp(pattern, 'u');
    if (ordinary.every((text) => expression.test(text))) return [];
    const texts = fc.sample(fc.stringMatching(expression), { seed: 1, numRuns: 300 });
    const plain = texts.filter((text) => /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)) === text);
    const numbers = [...new Set(plain.map(Number))].filter((number) => isWithin(number, schema));
    // A small one may be the id of something that is there.
    const large = numbers.filter((number) => Math.abs(number) >= 1000);
    return (large.length >= 5 ? large : numbers).slice(0, most);
  } catch {
    // A pattern that fast-check does not read.
    return [];
  }
}

function isWithin(number: number, schema: Schema): boolean {
  if (!isJsonObject(schema)) return true;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, type } = schema;
  return (
    (type !== 'integer' || Number.isSafeInteger(number)) &&
    (typeof minimum !== 'number' || number >= minimum) &&
    (typeof maximum !== 'number' || number <= maximum) &&
    (typeof exclusiveMinimum !== 'number' || number > exclusiveMinimum) &&
    (typeof exclusiveMaximum !== 'number' || number < exclusiveMaximum)
  );
}
