import { type Contract, isJsonObject, type Json, type JsonObject, type Resource, valueAt } from '@assay/contract';
import { answerSchema, isNullable, propertySchema } from '../requests/body-schema.ts';
import { attributesAt, attributesIn } from '../requests/json-api.ts';

/** What was sent beside what an answer shows of it, each out of what it is wrapped in. */
export interface Counterpart {
  readonly sent: Json;
  readonly back: Json;
  /** JSON Pointer to `back` in the answer. */
  readonly at: string;
}

/** What answers are wrapped in where the contract does not tell. */
const usualWrappers = ['data', 'item', 'result', 'resource', 'record', 'payload'];

/**
 * Pairs a request's body with an answer that tells of the same thing: `{title}` with `{data: {title}}`, and `{article: {title}}` with
 * `{article: {title}}` or `{title}`, and the attributes of JSON:API. What is not wrapped for certain is left as it is.
 */
export function counterpart(resource: Pick<Resource, 'idPointer'> | null, sent: Json, body: Json): Counterpart {
  const at = wrapperOf(resource, sent, body);
  const back = at === '' ? body : (valueAt(body, at) ?? body);
  const inside = valueAt(sent, at);
  if (at !== '' && isJsonObject(inside)) return { sent: inside, back, at };
  const attributes = attributesIn(sent);
  if (attributes !== null && isJsonObject(back)) return { sent: attributes, back, at };
  if (!isJsonObject(sent) || !isJsonObject(back)) return { sent, back, at };
  const [only, ...others] = Object.entries(sent);
  const isWrapped = only !== undefined && others.length === 0 && isJsonObject(only[1]) && !(only[0] in back);
  return { sent: isWrapped ? only[1] : sent, back, at };
}

function wrapperOf(resource: Pick<Resource, 'idPointer'> | null, sent: Json, body: Json): string {
  if (!isJsonObject(body)) return '';
  const isOwn = isJsonObject(sent) && 'attributes' in sent;
  if (!isOwn && attributesIn(body) !== null) return attributesAt;
  const told = resource?.idPointer?.split('/').slice(0, -1).join('/') ?? '';
  if (told !== '' && isJsonObject(valueAt(body, told))) return told;
  const [found, ...others] = usualWrappers.filter((name) => isJsonObject(body[name]));
  const isPlain = found === undefined || others.length > 0 || !isEnvelope(sent, body, body[found] ?? null);
  return isPlain ? '' : `/${found}`;
}

/** `{ status: 'success', data: { id, status } }` is one although it has a `status` as well. */
function isEnvelope(sent: Json, around: JsonObject, inside: Json): boolean {
  if (!isJsonObject(sent) || !isJsonObject(inside)) return true;
  const [outer, inner] = [around, inside].map((each) => Object.keys(sent).filter((name) => name in each).length);
  if (outer === undefined || inner === undefined || outer === 0) return true;
  return inner > outer || (inner === outer && 'id' in inside && !('id' in around));
}

/**
 * The thing that an answer tells of, out of what it is wrapped in: `{data: {…}, …}`, or an object that holds nothing but another one, or that in the other. The
 * attributes of JSON:API stand beside the id then.
 */
export function unwrapped(body: Json): Json {
  if (!isJsonObject(body)) return body;
  const attributes = attributesIn(body);
  if (attributes !== null && isJsonObject(body['data'])) {
    const { attributes: _flat, ...others } = body['data'];
    return { ...others, ...attributes };
  }
  const at = wrapperOf(null, null, body);
  return onlyObject(at === '' ? body : (valueAt(body, at) ?? body));
}

/** JSend wraps twice: the thing by its name, in `data`. */
function onlyObject(body: Json): Json {
  const [only, ...others] = isJsonObject(body) ? Object.values(body) : [];
  return others.length === 0 && only !== undefined && isJsonObject(only) ? only : body;
}

/**
 * Whether an answer could show null for a member at all. Where the contract takes null and never shows it, null stands for something else: the
 * default, or leave it as it is.
 */
export function canShowNull(contract: Contract, operation: string | undefined, member: string): boolean {
  const asked = contract.operations.find(({ id }) => id === operation);
  const schema =
    asked === undefined ? null : propertySchema(contract, insideOf(contract, answerSchema(contract, asked)), member);
  return schema === null || isNullable(schema) || (schema['type'] === undefined && schema['enum'] === undefined);
}

/** An object that holds nothing but another one is a wrapper. */
function insideOf(contract: Contract, schema: ReturnType<typeof answerSchema>): ReturnType<typeof answerSchema> {
  const names = isJsonObject(schema?.['properties']) ? Object.keys(schema['properties']) : [];
  const [only] = names;
  const inside = only === undefined || names.length > 1 ? null : propertySchema(contract, schema, only);
  return inside !== null && isJsonObject(inside['properties']) && Object.keys(inside['properties']).length > 0
    ? inside
    : schema;
}

/** The last name of a JSON Pointer. */
export function memberOf(place: string): string {
  return (place.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
}
