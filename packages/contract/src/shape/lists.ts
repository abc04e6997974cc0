import type { Contract, ListOperation, Operation, Schema } from '../vocabulary/operation.ts';
import { appendToken } from '../openapi/source/pointer.ts';
import { isSameNoun } from './nouns.ts';
import { findPagination } from './pagination.ts';
import { type Definitions, definitionOf, isAnything, itemsOf, propertiesOf, successSchema } from './schema-view.ts';

const usual = [
  'items',
  'data',
  'results',
  'content',
  'records',
  'entries',
  'values',
  'value',
  'rows',
  'list',
  'nodes',
  'elements',
  'objects',
  'hits',
];
/** Lists that stand beside the one that matters. */
const aside: ReadonlySet<string> = new Set([
  'errors',
  'warnings',
  'messages',
  'links',
  '_links',
  'tags',
  'included',
  'facets',
]);

export interface FoundList {
  readonly list: ListOperation;
  readonly item: Schema;
}

/** Whether a GET lists things of that name, and where they stand in its answer. Null when that cannot be told for certain. */
export function findList(operation: Operation, name: string, contract: Contract): FoundList | null {
  if (operation.method !== 'GET') return null;
  const schema = successSchema(operation);
  const found = schema === null ? null : findItems(schema, name, '', contract.definitions);
  if (schema === null || found === null) return null;
  const pagination = findPagination(operation, schema, contract.definitions);
  return { list: { operation: operation.id, items: found.pointer, pagination }, item: found.item };
}

/**
 * The list that a GET answers with where it stands at the path that things are created at, and the contract says nothing of what it answers.
 * Null for what it says something of.
 */
export function unsaidList(operation: Operation, contract: Contract): ListOperation | null {
  const schema = operation.method === 'GET' ? successSchema(operation) : null;
  if (schema === null || !isAnything(schema, contract.definitions)) return null;
  const pagination = findPagination(operation, schema, contract.definitions);
  return { operation: operation.id, items: null, pagination };
}

interface FoundItems {
  readonly pointer: string;
  readonly item: Schema;
}

function findItems(schema: Schema, name: string, at: string, definitions: Definitions): FoundItems | null {
  const bare = itemsOf(schema, definitions);
  if (bare !== null) return { pointer: at, item: bare };
  const properties = [...propertiesOf(schema, definitions)];
  const arrays = properties.flatMap(([property, inner]) => {
    const item = itemsOf(inner, definitions);
    return item === null ? [] : [{ property, found: { pointer: appendToken(at, property), item } }];
  });
  const own = arrays.find(({ property }) => isSameNoun(property, name));
  const known =
    own ??
    arrays
      .filter(({ property }) => usual.includes(property))
      .toSorted((a, b) => usual.indexOf(a.property) - usual.indexOf(b.property))[0];
  if (known !== undefined) return known.found;
  const candidates = arrays.filter(({ property }) => !aside.has(property));
  const [only] = candidates;
  if (only !== undefined) return candidates.length === 1 && isObject(only.found.item, definitions) ? only.found : null;
  return at === '' ? wrapped(properties, name, definitions) : null;
}

/** One level down: `{ data: { items: [] } }`, and HAL's `{ _embedded: { todos: [] } }`. */
function wrapped(
  properties: readonly (readonly [string, Schema])[],
  name: string,
  definitions: Definitions,
): FoundItems | null {
  for (const [property, inner] of properties) {
    if (!['_embedded', 'data', 'result', 'response', 'payload'].includes(property)) continue;
    const found = findItems(inner, name, appendToken('', property), definitions);
    if (found !== null) return found;
  }
  return null;
}

function isObject(item: Schema, definitions: Definitions): boolean {
  return definitionOf(item, definitions) !== null || propertiesOf(item, definitions).size > 0;
}
