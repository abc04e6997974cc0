import { definitionOf, type Definitions, isReadOnly, resolved } from '../shape/schema-view.ts';
import { isJsonObject, type Json, type JsonObject } from '../vocabulary/json.ts';
import type { Operation, Parameter, Schema } from '../vocabulary/operation.ts';
import { own } from '../vocabulary/own.ts';

/** Keywords that say nothing of an object but which properties it has. */
const plain: ReadonlySet<string> = new Set([
  '$ref',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
]);

/**
 * The operation, with a query parameter that is an object in the style `form`, exploded, replaced by one parameter for each property: on the wire
 * there is no other. Frameworks describe so what they page by, and without a property nothing is written at all.
 */
export function withSpreadParameters(operation: Operation, definitions: Definitions): Operation {
  const { parameters } = operation;
  const spread = parameters.flatMap((parameter) => spreadOut(parameter, definitions) ?? [parameter]);
  const places = new Set(spread.map(({ in: place, name }) => `${place}:${name}`));
  // Two that would be written under one name cannot be told apart.
  return spread.length === places.size ? { ...operation, parameters: spread } : operation;
}

/** Null where it cannot be said property by property what the object allows. */
function spreadOut(parameter: Parameter, definitions: Definitions): readonly Parameter[] | null {
  const { in: place, style, explode, mediaType, pointer } = parameter;
  if (place !== 'query' || style !== 'form' || !explode || mediaType !== undefined || pointer !== undefined)
    return null;
  const object = plainObject(parameter.schema, definitions);
  if (object === null || !isJsonObject(object.properties)) return null;
  const needed = Array.isArray(object.required) ? object.required : [];
  // What is required of an object that may itself be absent, is required only beside others.
  if (needed.length > 0 && !parameter.required) return null;
  const parts = Object.entries(object.properties)
    .filter(([, schema]) => !isReadOnly(schema, definitions))
    .map(([name, schema]) => ({ name, schema, required: needed.includes(name) }));
  if (parts.some(({ schema }) => isWritten(schema, definitions) === null)) return null;
  const written = parts.filter(({ schema }) => isWritten(schema, definitions));
  if (parts.some((part) => part.required && !written.includes(part))) return null;
  return written.map(({ name, schema, required }) => ({
    ...parameter,
    name,
    required,
    schema: isJsonObject(schema) ? schema : true,
    examples: parameter.examples.flatMap((example) => memberOf(example, name)),
    description: descriptionOf(schema),
  }));
}

function plainObject(schema: Schema, definitions: Definitions): JsonObject | null {
  const name = definitionOf(schema, definitions);
  const object = name === null ? schema : definitions[name];
  const isPlain = (each: Json | undefined): each is JsonObject =>
    isJsonObject(each) && Object.keys(each).every((keyword) => plain.has(keyword) || keyword.startsWith('x-'));
  if (!isPlain(schema) || !isPlain(object) || object.$ref !== undefined) return null;
  const { additionalProperties = true } = object;
  return typeof additionalProperties === 'boolean' ? object : null;
}

/** An object in an object has no place in this style. Null where it is not said whether it is one. */
function isWritten(schema: Json | undefined, definitions: Definitions, depth = 0): boolean | null {
  const object = resolved(schema, definitions);
  if (object === null || depth > 8) return null;
  const { type, properties } = object;
  if (type !== undefined) return ![type].flat().includes('object');
  if (properties !== undefined) return false;
  const told = Array.isArray(object.enum) ? object.enum : object.const === undefined ? [] : [object.const];
  if (told.length > 0) return !told.some(isJsonObject);
  const branches = [object.oneOf, object.anyOf].find(Array.isArray);
  return branches?.every((branch) => isWritten(branch, definitions, depth + 1) === true) === true ? true : null;
}

function memberOf(example: Json, name: string): readonly Json[] {
  const member = isJsonObject(example) ? own(example, name) : undefined;
  return member === undefined ? [] : [member];
}

function descriptionOf(schema: Json | undefined): string {
  return isJsonObject(schema) && typeof schema.description === 'string' ? schema.description : '';
}
