import { type Contract, isJsonObject, type Json, type JsonObject, type Operation, type Schema } from '@assay/contract';
import { isJsonApi } from './json-api.ts';
import { jsonContentOf } from './json-body.ts';

const prefix = '#/$defs/';

/** A schema behind its references, with what `allOf` and `anyOf [X, null]` add; a null type stays among its types. */
export function plainSchema(contract: Contract, schema: Schema | Json | undefined, depth = 0): JsonObject {
  if (!isJsonObject(schema) || depth > 12) return {};
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const parts: JsonObject[] = [];
  if (typeof $ref === 'string')
    parts.push(plainSchema(contract, contract.definitions[$ref.slice(prefix.length)], depth + 1));
  if (Array.isArray(allOf)) for (const part of allOf) parts.push(plainSchema(contract, part as Json, depth + 1));
  for (const branches of [anyOf, oneOf]) {
    if (!Array.isArray(branches)) continue;
    const others = branches.filter((branch: Json) => !(isJsonObject(branch) && branch['type'] === 'null')) as Json[];
    const [only] = others;
    if (others.length > 1) parts.push(anyScalar(contract, others, others.length < branches.length, depth + 1));
    if (others.length !== 1) continue;
    const inner = plainSchema(contract, only, depth + 1);
    parts.push(branches.length > 1 ? { ...inner, nullable: true } : inner);
  }
  const properties = Object.assign({}, ...[...parts, own].map((part) => part['properties'] ?? {})) as JsonObject;
  const required = [...parts, own].flatMap((part) =>
    Array.isArray(part['required']) ? (part['required'] as Json[]) : [],
  );
  return Object.assign({}, ...parts, own, { properties, required }) as JsonObject;
}

/** What branches of scalars say together: `number or text`, with the pattern of the text. Of anything else nothing can be said at once. */
function anyScalar(contract: Contract, branches: readonly Json[], isNullable: boolean, depth: number): JsonObject {
  const plain = branches.map((branch) => plainSchema(contract, branch, depth));
  const types = plain.map(({ type }) => type);
  if (!types.every((type) => type === 'number' || type === 'integer' || type === 'string')) return {};
  const text = plain.find(({ type }) => type === 'string') ?? {};
  return { ...text, type: [...new Set([...types, ...(isNullable ? ['null'] : [])])] as Json };
}

export function isNullable(schema: JsonObject): boolean {
  const { type } = schema;
  return (
    schema['nullable'] === true ||
    (Array.isArray(type) && type.includes('null')) ||
    (Array.isArray(schema['enum']) && schema['enum'].includes(null))
  );
}

/** The object that an operation takes as JSON or as a form, out of what it is wrapped in; null when it takes none. */
export function bodySchema(contract: Contract, operation: Operation): JsonObject | null {
  const content =
    jsonContentOf(operation) ??
    operation.requestBody?.content.find(({ mediaType }) => /^application\/x-www-form-urlencoded\b/.test(mediaType)) ??
    null;
  return content === null ? null : unwrappedSchema(contract, plainSchema(contract, content.schema));
}

/** An object whose one member is an object is a wrapper: `{article: {title}}`. So is what JSON:API has around the attributes. */
function unwrappedSchema(contract: Contract, schema: JsonObject): JsonObject {
  const attributes = attributesOf(contract, schema);
  if (attributes !== null) return attributes;
  const [only, ...others] = Object.keys((schema['properties'] ?? {}) as JsonObject);
  const inside = only === undefined || others.length > 0 ? null : propertySchema(contract, schema, only);
  const members = inside?.['properties'];
  return inside !== null && isJsonObject(members) && Object.keys(members).length > 0 ? inside : schema;
}

function attributesOf(contract: Contract, schema: JsonObject): JsonObject | null {
  const data = propertySchema(contract, schema, 'data');
  const [around, members] = [schema['properties'], data?.['properties']];
  if (!isJsonObject(around) || !isJsonObject(members) || !isJsonApi(around, members)) return null;
  const attributes = propertySchema(contract, data, 'attributes');
  return Object.keys((attributes?.['properties'] ?? {}) as JsonObject).length > 0 ? attributes : null;
}

/** The object that an operation answers with when it went well; what is around it, `data`, one name alone, or what JSON:API has, is looked through. */
export function answerSchema(contract: Contract, operation: Operation): JsonObject | null {
  const content = operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap((response) => response.content)
    .find(({ mediaType }) => /[/+]json$/.test(mediaType));
  if (content === undefined) return null;
  const schema = plainSchema(contract, content.schema);
  const inside = attributesOf(contract, schema) ?? propertySchema(contract, schema, 'data');
  return inside !== null && isJsonObject(inside['properties']) && Object.keys(inside['properties']).length > 0
    ? inside
    : unwrappedSchema(contract, schema);
}

export function propertySchema(contract: Contract, object: JsonObject | null, property: string): JsonObject | null {
  const properties = object?.['properties'];
  if (!isJsonObject(properties) || !Object.hasOwn(properties, property)) return null;
  return plainSchema(contract, properties[property]);
}

/** What the contract says of a property, in the request or else in the answer. */
export function schemaOf(contract: Contract, operation: Operation, property: string): JsonObject | null {
  return (
    propertySchema(contract, bodySchema(contract, operation), property) ??
    propertySchema(contract, answerSchema(contract, operation), property)
  );
}
