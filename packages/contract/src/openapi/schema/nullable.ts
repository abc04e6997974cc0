import type { Json, JsonObject } from '../../vocabulary/json.ts';

type Draft = Record<string, Json>;

/** These speak about the value as a whole and stay outside when a schema is wrapped. */
const annotations = [
  'title',
  'description',
  'default',
  'examples',
  'readOnly',
  'writeOnly',
  'deprecated',
  'xml',
] as const;
const combinators = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'const'] as const;

/**
 * OpenAPI 3.0's `nullable: true` in JSON Schema. By the letter of 3.0.3 it has no effect beside `allOf` or on an `enum` without null;
 * authors always mean that null is allowed, so that is how it is read.
 */
export function withNull(schema: JsonObject): JsonObject {
  if (combinators.some((keyword) => schema[keyword] !== undefined)) return wrapped(schema);
  const draft: Draft = { ...schema };
  const { type } = schema;
  if (type === undefined && schema.enum === undefined) return schema;
  if (typeof type === 'string') draft.type = type === 'null' ? type : [type, 'null'];
  else if (Array.isArray(type)) draft.type = type.includes('null') ? type : [...type, 'null'];
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) draft.enum = [...schema.enum, null];
  return draft;
}

function wrapped(schema: JsonObject): JsonObject {
  const inner: Draft = { ...schema };
  const outer: Draft = {};
  for (const keyword of annotations) {
    const value = inner[keyword];
    if (value === undefined) continue;
    outer[keyword] = value;
    delete inner[keyword];
  }
  return { ...outer, anyOf: [inner, { type: 'null' }] };
}
