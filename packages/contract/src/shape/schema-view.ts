import { isJsonObject, type Json, type JsonObject } from '../vocabulary/json.ts';
import type { MediaContent, Operation, ResponseSpec, Schema } from '../vocabulary/operation.ts';

export type Definitions = Readonly<Record<string, Schema>>;

const prefix = '#/$defs/';
const depthLimit = 12;

/** The schema behind references, and behind `anyOf [X, null]`, which says that X may be null. Null for what is no object, and for circles. */
export function resolved(schema: Json | undefined, definitions: Definitions, depth = 0): JsonObject | null {
  if (!isJsonObject(schema) || depth > depthLimit) return null;
  if (typeof schema.$ref === 'string' && schema.type === undefined && schema.properties === undefined) {
    return resolved(definitions[schema.$ref.slice(prefix.length)], definitions, depth + 1);
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
    const branches = schema[keyword];
    if (!Array.isArray(branches) || schema.properties !== undefined || schema.type !== undefined) continue;
    const others = branches.filter((branch: Json) => !(isJsonObject(branch) && branch.type === 'null'));
    if (others.length !== 1) continue;
    const inner = resolved(others[0], definitions, depth + 1);
    return inner === null ? null : { ...inner, ...annotationsOf(schema) };
  }
  return schema;
}

function annotationsOf(schema: JsonObject): JsonObject {
  return schema.readOnly === undefined ? {} : { readOnly: schema.readOnly };
}

/** The name of the definition that a schema is, followed to the last; null for a schema written in place. */
export function definitionOf(schema: Json | undefined, definitions: Definitions): string | null {
  let name: string | null = null;
  let current = schema;
  for (let depth = 0; depth < depthLimit && isJsonObject(current) && typeof current.$ref === 'string'; depth += 1) {
    name = current.$ref.slice(prefix.length);
    current = definitions[name];
  }
  return name;
}

/** The properties of an object, those of all its `allOf` parts together. */
export function propertiesOf(
  schema: Json | undefined,
  definitions: Definitions,
  depth = 0,
): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  const object = resolved(schema, definitions);
  if (object === null || depth > depthLimit) return found;
  const parts = [
    ...(Array.isArray(object.allOf) ? object.allOf : []),
    ...(typeof object.$ref === 'string' ? [{ $ref: object.$ref }] : []),
  ];
  for (const part of parts)
    for (const [name, property] of propertiesOf(part, definitions, depth + 1)) found.set(name, property);
  if (isJsonObject(object.properties)) {
    for (const [name, property] of Object.entries(object.properties)) if (isSchema(property)) found.set(name, property);
  }
  return found;
}

/** The schema of an array's items; null when it is not an array for certain. */
export function itemsOf(schema: Json | undefined, definitions: Definitions): Schema | null {
  const object = resolved(schema, definitions);
  if (object === null || !hasType(object, 'array')) return null;
  return isSchema(object.items) ? object.items : true;
}

export function hasType(schema: JsonObject, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}

/** What can be an id: a text or a whole number. */
export function isScalar(schema: Json | undefined, definitions: Definitions): boolean {
  const object = resolved(schema, definitions);
  if (object === null) return false;
  if (object.type === undefined) return typeof object.format === 'string';
  return ['string', 'integer', 'number'].some((type) => hasType(object, type));
}

export function isReadOnly(schema: Json | undefined, definitions: Definitions): boolean {
  return (isJsonObject(schema) && schema.readOnly === true) || resolved(schema, definitions)?.readOnly === true;
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'boolean' || isJsonObject(value);
}

/** The first content whose schema describes a value: JSON, or what an envelope holds. A wildcard counts, since frameworks that do not know write it for JSON. */
export function jsonContent(content: readonly MediaContent[]): MediaContent | null {
  const json = content.find(({ mediaType }) => mediaType === 'application/json' || mediaType.endsWith('+json'));
  const enveloped = content.find(({ codec }) => codec === 'soap');
  return (
    json ?? enveloped ?? content.find(({ mediaType }) => mediaType === '*/*' || mediaType === 'application/*') ?? null
  );
}

/** The responses that say that it went well, the most telling first. */
export function successes(operation: Operation): readonly ResponseSpec[] {
  const rank = ({ status }: ResponseSpec) => ['201', '200', '202', '2XX'].indexOf(status) >>> 0;
  return operation.responses.filter(({ status }) => status.startsWith('2')).toSorted((a, b) => rank(a) - rank(b));
}

/** The JSON schema of the most telling success that has one. */
export function successSchema(operation: Operation): Schema | null {
  for (const response of successes(operation)) {
    const content = jsonContent(response.content);
    if (content !== null) return content.schema;
  }
  return null;
}

/** Whether a schema says nothing of what it holds. */
export function isAnything(schema: Schema, definitions: Definitions): boolean {
  if (schema === true) return true;
  const object = isJsonObject(schema) ? resolved(schema, definitions) : null;
  return (
    object !== null &&
    (object.type === undefined || hasType(object, 'object')) &&
    propertiesOf(schema, definitions).size === 0
  );
}
