import type { Json, JsonObject } from '@assay/contract';

/** What the contracts of tests are made of. */

export const text: JsonObject = { type: 'string', minLength: 1 };

export function object(properties: JsonObject): JsonObject {
  return { type: 'object', required: Object.keys(properties), properties };
}

export function taken(schema: Json): JsonObject {
  return { required: true, content: { 'application/json': { schema } } };
}

export function said(schema?: Json): JsonObject {
  return {
    description: 'said',
    ...(schema === undefined ? {} : { content: { 'application/json': { schema } } }),
  };
}

export const credentials = object({ email: { ...text, format: 'email' }, password: { ...text, minLength: 8 } });
