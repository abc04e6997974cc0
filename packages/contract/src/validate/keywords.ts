import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { compilePattern } from './pattern.ts';

/** The value as a schema, or undefined when it is none. */
export function asSchema(value: Json | undefined): Schema | undefined {
  return typeof value === 'boolean' || isJsonObject(value) ? value : undefined;
}

/** The value as a list of schemas; what is none is left out. */
export function asSchemas(value: Json | undefined): readonly Schema[] {
  return Array.isArray(value) ? value.map(asSchema).filter((schema) => schema !== undefined) : [];
}

export function asStrings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The value as members that are schemas. */
export function asSchemaMap(value: Json | undefined): Readonly<Record<string, Schema>> {
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).map(([name, member]) => [name, asSchema(member)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Schema] => entry[1] !== undefined));
}

/** Of a schema that only judges: no value is made by it. It is the reader's own, and in no document. */
export const unsentKeyword = 'x-assay-unsent';

/** The names that `required` asks for and nothing describes: what a request has to say there is not known. It is the reader's own as well. */
export const undescribedKeyword = 'x-assay-undescribed';

const typeNames = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const isNumber = (value: Json) => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: Json) => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isBoolean = (value: Json) => typeof value === 'boolean';
const isList = (value: Json) => Array.isArray(value) && value.length > 0;
const isType = (value: Json) =>
  (typeof value === 'string' && typeNames.includes(value)) ||
  (Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === 'string' && typeNames.includes(name)));

/**
 * The keywords that hold no schemas and have a meaning here, with what their value must look like. Whatever else a document has
 * written (`required: true`, `minLength: "3"`, a regular expression of another language) is left out, as if it were not there.
 */
export const plainKeywords: Readonly<Record<string, (value: Json) => boolean>> = {
  type: isType,
  enum: isList,
  const: () => true,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
  minLength: isCount,
  maxLength: isCount,
  pattern: (value) => typeof value === 'string' && compilePattern(value) !== null,
  format: (value) => typeof value === 'string',
  contentEncoding: (value) => typeof value === 'string',
  minItems: isCount,
  maxItems: isCount,
  uniqueItems: isBoolean,
  minContains: isCount,
  maxContains: isCount,
  minProperties: isCount,
  maxProperties: isCount,
  readOnly: isBoolean,
  writeOnly: isBoolean,
  default: () => true,
  examples: (value) => Array.isArray(value),
  [unsentKeyword]: isBoolean,
};

/** Keywords whose schema or schemas speak about the same value. */
export const inPlaceLists = ['allOf', 'anyOf', 'oneOf'] as const;
export const inPlaceSchemas = ['if', 'then', 'else'] as const;
/** Keywords whose schemas speak about a part of the value. */
export const childSchemas = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
] as const;
export const childMaps = ['properties', 'patternProperties'] as const;
