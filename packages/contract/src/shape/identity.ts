import { isUuidFormat } from '../validate/formats.ts';
import type { Operation, Schema } from '../vocabulary/operation.ts';
import { isSameNoun, wordsOf } from './nouns.ts';
import {
  type Definitions,
  isReadOnly,
  isScalar,
  propertiesOf,
  resolved,
  successes,
  successSchema,
} from './schema-view.ts';
import { appendToken } from '../openapi/source/pointer.ts';

/** Objects that answers are wrapped in, besides one of the resource's own name. */
const wrappers: ReadonlySet<string> = new Set([
  'data',
  'item',
  'result',
  'payload',
  'response',
  'resource',
  'record',
  'object',
  'entity',
]);

/**
 * Where the id of a created thing stands in the body of the response; null when the body does not tell for certain, so that the `Location`
 * has to.
 * @param parameter the path parameter that takes the id; null when the thing has no path of its own.
 */
export function findIdPointer(
  create: Operation,
  read: Operation | null,
  name: string,
  parameter: string | null,
  definitions: Definitions,
): string | null {
  const linked = read === null || parameter === null ? undefined : linkedPointer(create, read, parameter);
  if (linked !== undefined) return linked;
  const schema = successSchema(create);
  if (schema === null) return null;
  const direct = idProperty(schema, name, parameter, definitions);
  if (direct !== null) return appendToken('', direct);
  for (const [wrapper, inner] of propertiesOf(schema, definitions)) {
    if (!wrappers.has(wrapper) && !isSameNoun(wrapper, name)) continue;
    const inside = idProperty(inner, name, parameter, definitions);
    if (inside !== null) return appendToken(appendToken('', wrapper), inside);
    const twice = wrappedTwice(inner, name, definitions);
    const within = twice === null ? null : idProperty(twice.schema, name, parameter, definitions);
    if (twice !== null && within !== null)
      return appendToken(appendToken(appendToken('', wrapper), twice.name), within);
  }
  return null;
}

/** JSend has the thing by its name in `data`: `{"status": "success", "data": {"todo": Todo}}`. */
function wrappedTwice(schema: Schema, name: string, definitions: Definitions) {
  const objects = [...propertiesOf(schema, definitions)].filter(([, at]) => propertiesOf(at, definitions).size > 0);
  const [only] = objects;
  return only !== undefined && objects.length === 1 && isSameNoun(only[0], name)
    ? { name: only[0], schema: only[1] }
    : null;
}

/** The schema, and what it wraps: `{"data": Todo}`, `{"todo": Todo}`. */
export function withWrapped(schema: Schema, name: string, definitions: Definitions): readonly Schema[] {
  const inside = [...propertiesOf(schema, definitions)].flatMap(([wrapper, inner]) =>
    wrappers.has(wrapper) || isSameNoun(wrapper, name) ? [inner] : [],
  );
  return [schema, ...inside];
}

/** A link from the response to the operation that reads it says it outright. Undefined when there is none; null when it names a header. */
function linkedPointer(create: Operation, read: Operation, parameter: string): string | null | undefined {
  for (const response of successes(create)) {
    for (const link of response.links) {
      if (link.operation !== read.id) continue;
      const expression = link.parameters[parameter] ?? link.parameters[`path.${parameter}`];
      const pointer = expression === undefined ? undefined : /^\{?\$response\.body#(\/[^}]*)\}?$/.exec(expression)?.[1];
      if (pointer !== undefined) return pointer;
      if (expression !== undefined && /\$response\.header\.location/i.test(expression)) return null;
    }
  }
  return undefined;
}

/** The property that holds the id of an object of this name. */
export function idProperty(
  schema: Schema,
  name: string,
  parameter: string | null,
  definitions: Definitions,
): string | null {
  const properties = [...propertiesOf(schema, definitions)].filter(([, property]) => isScalar(property, definitions));
  const named = (test: (property: string) => boolean) => properties.find(([property]) => test(property))?.[0] ?? null;
  const same = (a: string, b: string) => wordsOf(a).join(' ') === wordsOf(b).join(' ');
  const exact =
    parameter === null
      ? null
      : (named((property) => property === parameter) ??
        named((property) => same(property, parameter)) ??
        named((property) => isQualified(parameter, name, property)));
  if (exact !== null) return exact;
  // A parameter such as {slug} or {username} takes that and not the id, so nothing else will do.
  if (parameter !== null && !isIdName(parameter, name)) return null;
  const usual =
    named((property) => property === 'id' || property === '_id' || property === 'ID') ??
    named((property) => isReferenceTo(property, name)) ??
    named((property) => property === 'uuid' || property === 'guid' || property === 'pk');
  if (usual !== null) return usual;
  const ids = properties.filter(([property, at]) => isReadOnly(at, definitions) && wordsOf(property).at(-1) === 'id');
  return ids.length === 1 ? (ids[0]?.[0] ?? null) : null;
}

/** `id`, `todoId`, `todo_uuid`, `todo`: parameters that take whatever identifies the thing. */
function isIdName(parameter: string, name: string): boolean {
  const words = wordsOf(parameter);
  return (
    ['id', 'uuid', 'guid', 'pk', 'key', 'identifier'].includes(words.at(-1) ?? '') ||
    /ids?$/i.test(parameter) ||
    isSameNoun(parameter, name)
  );
}

/** `{domain_name}` is the `name` of one of the `domains`; `{petId}` is the `id` of a pet. */
function isQualified(parameter: string, name: string, property: string): boolean {
  const words = wordsOf(parameter);
  const own = wordsOf(property);
  const noun = words.slice(0, -own.length);
  return noun.length > 0 && words.slice(-own.length).join(' ') === own.join(' ') && isSameNoun(noun.join('_'), name);
}

/** `todoId`, `todo_id`, `todoUuid` for `todos`. */
export function isReferenceTo(property: string, name: string): boolean {
  const words = wordsOf(property);
  return (
    ['id', 'uuid', 'guid'].includes(words.at(-1) ?? '') &&
    isSameNoun(
      words.slice(0, -1).join('_'),
      wordsOf(name)
        .slice(-(words.length - 1))
        .join('_'),
    )
  );
}

/** The format or type of an id, for telling whether a value could be one. */
export function isUuid(schema: Schema, definitions: Definitions): boolean {
  return isUuidFormat(resolved(schema, definitions)?.format);
}
