import {
  bodyJson,
  bodyText,
  type Contract,
  headerOf,
  isJsonObject,
  type Json,
  type JsonObject,
  mediaTypeName,
  type Operation,
  type RecordedRequest,
  type Schema,
} from '@assay/contract';

const deepest = 16;

export type SchemaTest = (schema: JsonObject, value: Json) => boolean;

/**
 * Whether a schema that speaks of a value, or of a part of it, passes the test with it. Of several branches any will do: which of them the backend takes
 * the value for is not known.
 */
export function someSchema(
  contract: Contract,
  schema: Schema | Json | undefined,
  value: Json,
  test: SchemaTest,
  depth = 0,
): boolean {
  if (!isJsonObject(schema) || depth > deepest) return false;
  const inside = (part: Json | undefined, at: Json) => someSchema(contract, part, at, test, depth + 1);
  if (test(schema, value)) return true;
  const { $ref, allOf, anyOf, oneOf } = schema;
  const target = typeof $ref === 'string' ? contract.definitions[$ref.slice('#/$defs/'.length)] : undefined;
  const parts = [target, ...listed(allOf), ...listed(anyOf), ...listed(oneOf)];
  if (parts.some((part) => inside(part, value))) return true;
  if (Array.isArray(value)) return value.some((item: Json) => inside(schema['items'], item));
  if (!isJsonObject(value)) return false;
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(value).some(([name, member]) =>
    inside(Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'], member),
  );
}

/** The same for the body of a request, by the schema of its media type. */
export function someBodySchema(
  { headers, body }: RecordedRequest,
  { requestBody }: Operation,
  contract: Contract,
  test: SchemaTest,
): boolean {
  const type = mediaTypeName(headerOf(headers, 'content-type') ?? '');
  const content = requestBody?.content.find(({ mediaType }) => mediaTypeName(mediaType) === type);
  if (body === undefined || content === undefined) return false;
  const text = bodyText(body);
  const isForm = type === 'application/x-www-form-urlencoded';
  const value = isForm ? Object.fromEntries(new URLSearchParams(text)) : (bodyJson(body) as Json | undefined);
  return someSchema(contract, content.schema, value ?? text, test);
}

export function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
