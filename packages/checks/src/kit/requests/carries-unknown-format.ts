import {
  bodyJson,
  bodyText,
  type Contract,
  headerOf,
  isJsonObject,
  isKnownFormat,
  type Json,
  type JsonObject,
  mediaTypeName,
  type Operation,
  type RecordedRequest,
  type Schema,
} from '@assay/contract';

const deepest = 16;

/**
 * Whether a request carries a text of a format that nobody here can make (`format: phone`), with neither a pattern, an enum nor an example to
 * go by. The words that stand there instead may be refused.
 */
export function carriesUnknownFormat(request: RecordedRequest, operation: Operation, contract: Contract): boolean {
  const asked = new URLSearchParams(request.target.split('?')[1] ?? '');
  const inParameters = operation.parameters.some(({ in: place, name, schema, examples }) => {
    const header = place === 'header' ? headerOf(request.headers, name) : undefined;
    const texts =
      place === 'query' ? asked.getAll(name) : place === 'path' ? [''] : header === undefined ? [] : [header];
    const isMadeUp = (value: Json) => holdsUnknown(contract, schema, value, 0);
    return texts.some((text) => !examples.includes(text) && (isMadeUp(text) || isMadeUp([text])));
  });
  return inParameters || bodyCarries(request, operation, contract);
}

function bodyCarries({ headers, body }: RecordedRequest, { requestBody }: Operation, contract: Contract): boolean {
  const type = mediaTypeName(headerOf(headers, 'content-type') ?? '');
  const content = requestBody?.content.find(({ mediaType }) => mediaTypeName(mediaType) === type);
  if (body === undefined || content === undefined) return false;
  const text = bodyText(body);
  const value = isForm(type) ? Object.fromEntries(new URLSearchParams(text)) : (bodyJson(body) as Json | undefined);
  return holdsUnknown(contract, content.schema, value ?? text, 0);
}

function isForm(type: string): boolean {
  return type === 'application/x-www-form-urlencoded';
}

/** Of several branches any will do: which of them the backend takes the text for is not known either. */
function holdsUnknown(contract: Contract, schema: Schema | Json | undefined, value: Json, depth: number): boolean {
  if (!isJsonObject(schema) || depth > deepest) return false;
  const inside = (part: Json | undefined, at: Json) => holdsUnknown(contract, part, at, depth + 1);
  if (typeof value === 'string' && isUnknown(schema) && !listed(schema['examples']).includes(value)) return true;
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

function isUnknown({ type, format, pattern, enum: allowed, const: only }: JsonObject): boolean {
  // Every value is a text in a query; that of a number has a format of numbers.
  const isText = type === undefined || [type].flat().includes('string');
  const isOpen = isText && pattern === undefined && allowed === undefined && only === undefined;
  return isOpen && typeof format === 'string' && !isKnownFormat(format);
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
