import type { Json, JsonObject } from '../vocabulary/json.ts';
import { codePointLength } from './code-points.ts';
import { isMultipleOf } from './decimal.ts';
import { holdsFormat } from './formats.ts';
import { jsonKey } from './json-key.ts';
import { compilePattern } from './pattern.ts';
import type { SchemaViolation } from './violation.ts';
import { anyOfTypes, counted, listed, placeName, shown, typeOf, withArticle } from './wording.ts';

/** What `type` says about a value. */
export function explainType(schema: JsonObject, value: Json, pointer: string): readonly SchemaViolation[] {
  const { type } = schema;
  if (type === undefined) return [];
  const types = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
  const actual = typeOf(value);
  if (types.includes(actual) || (actual === 'integer' && types.includes('number'))) return [];
  const got = value === null ? 'null' : actual === 'array' || actual === 'object' ? withArticle(actual) : shown(value);
  return [
    {
      pointer,
      keyword: 'type',
      message: `${placeName(pointer)} must be ${anyOfTypes(types)}, got ${got}`,
      expected: type,
      actual: value,
    },
  ];
}

/** What `const` and `enum` say. */
export function explainValue(schema: JsonObject, value: Json, pointer: string): readonly SchemaViolation[] {
  const found: SchemaViolation[] = [];
  const place = placeName(pointer);
  if (schema.const !== undefined && jsonKey(schema.const) !== jsonKey(value)) {
    const message = `${place} must be ${shown(schema.const)}, got ${shown(value)}`;
    found.push({ pointer, keyword: 'const', message, expected: schema.const, actual: value });
  }
  if (Array.isArray(schema.enum)) {
    const key = jsonKey(value);
    if (!schema.enum.some((item) => jsonKey(item) === key)) {
      const some = schema.enum.slice(0, 8).map((item) => shown(item, 40));
      const more = schema.enum.length > 8 ? ` (and ${schema.enum.length - 8} more)` : '';
      const choice = some.length === 1 ? (some[0] ?? '') : `one of ${listed(some, 'or')}${more}`;
      found.push({
        pointer,
        keyword: 'enum',
        message: `${place} must be ${choice}, got ${shown(value)}`,
        expected: schema.enum,
        actual: value,
      });
    }
  }
  return found;
}

export function explainString(schema: JsonObject, value: string, pointer: string): readonly SchemaViolation[] {
  const found: SchemaViolation[] = [];
  const place = placeName(pointer);
  const got = shown(value);
  const { minLength, maxLength, pattern, format } = schema;
  const length = typeof minLength === 'number' || typeof maxLength === 'number' ? codePointLength(value) : 0;
  const say = (keyword: string, wish: string, expected: Json) =>
    found.push({ pointer, keyword, message: `${place} must be ${wish}, got ${got}`, expected, actual: value });
  if (typeof minLength === 'number' && length < minLength)
    say('minLength', `a string of at least ${counted(minLength, 'character')}`, minLength);
  if (typeof maxLength === 'number' && length > maxLength) {
    const message = `${place} must be a string of at most ${counted(maxLength, 'character')}, got ${length}: ${got}`;
    found.push({ pointer, keyword: 'maxLength', message, expected: maxLength, actual: value });
  }
  if (typeof pattern === 'string' && compilePattern(pattern)?.test(value) === false)
    say('pattern', `a string that matches ${pattern}`, pattern);
  if (typeof format === 'string' && !holdsFormat(format, value))
    say('format', `a string of the format ${format}`, format);
  return found;
}

export function explainNumber(schema: JsonObject, value: number, pointer: string): readonly SchemaViolation[] {
  const found: SchemaViolation[] = [];
  const say = (keyword: string, wish: string) =>
    found.push({
      pointer,
      keyword,
      message: `${placeName(pointer)} must be ${wish}, got ${shown(value)}`,
      expected: schema[keyword] ?? null,
      actual: value,
    });
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (typeof minimum === 'number' && value < minimum) say('minimum', `at least ${minimum}`);
  if (typeof maximum === 'number' && value > maximum) say('maximum', `at most ${maximum}`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    say('exclusiveMinimum', `more than ${exclusiveMinimum}`);
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    say('exclusiveMaximum', `less than ${exclusiveMaximum}`);
  if (typeof multipleOf === 'number' && !isMultipleOf(value, multipleOf))
    say('multipleOf', `a multiple of ${multipleOf}`);
  if (typeof format === 'string' && !holdsFormat(format, value)) say('format', `a number of the format ${format}`);
  return found;
}
