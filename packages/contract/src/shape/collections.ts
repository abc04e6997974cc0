import type { Contract, Operation } from '../vocabulary/operation.ts';
import { isSameNoun } from './nouns.ts';
import { itemsOf, successSchema } from './schema-view.ts';
import { keyOf, pathOf, type Segment, segmentsOf } from './path-segments.ts';
import { withoutVerb } from './verbs.ts';

/** The operations on one collection and on its items, by method, before it is known what they do. */
export interface Collection {
  /** Keys of the paths of the collection: more than one where singular and plural are both used. */
  readonly keys: Set<string>;
  /** The last fixed part of its path. */
  readonly name: string;
  readonly path: string;
  readonly depth: number;
  /** On `/todos`. */
  readonly onCollection: Operation[];
  /** On `/todos/{id}`, with the name of the parameter. */
  readonly onItem: { readonly operation: Operation; readonly parameter: string }[];
  /** On `/todos/search` and the like: another fixed part behind the collection. */
  readonly behind: { readonly operation: Operation; readonly word: string }[];
}

/** Sorts the operations into collections by their paths alone. */
export function findCollections(contract: Contract): readonly Collection[] {
  const collections: Collection[] = [];
  const located = contract.operations
    .map((operation) => {
      const written = segmentsOf(operation.path);
      return { operation, segments: withoutVerb(written, operation.method), written };
    })
    // Of `POST /todos` and `POST /todos/add`, the plain one is the one to use.
    .toSorted((a, b) => Number(a.segments !== a.written) - Number(b.segments !== b.written));
  // Items first: `/todos/{id}` tells for certain that `/todos` is a collection and `/todos/search` stands behind it.
  for (const { operation, segments, written } of located) {
    const last = segments.at(-1);
    const collection =
      last?.kind === 'parameter' && !answersList(operation, contract)
        ? collectionAt(segments.slice(0, -1), collections)
        : null;
    if (collection === null || last?.kind !== 'parameter') continue;
    collection.onItem.push({ operation, parameter: last.name });
    collection.keys.add(keyOf(written.slice(0, -1)));
  }
  for (const { operation, segments } of located) {
    const last = segments.at(-1);
    if (last?.kind !== 'fixed') continue;
    const around = collections.find(({ keys, onItem }) => onItem.length > 0 && keys.has(keyOf(segments.slice(0, -1))));
    const own = collections.find(({ keys }) => keys.has(keyOf(segments)));
    if (own === undefined && around !== undefined) around.behind.push({ operation, word: last.text });
    else collectionAt(segments, collections)?.onCollection.push(operation);
  }
  return collections;
}

/** `/repositories/{owner}` with a list in its answer takes a filter, not an id. */
function answersList(operation: Operation, contract: Contract): boolean {
  const schema = operation.method === 'GET' ? successSchema(operation) : null;
  return schema !== null && itemsOf(schema, contract.definitions) !== null;
}

function collectionAt(segments: readonly Segment[], collections: Collection[]): Collection | null {
  const last = segments.at(-1);
  if (last?.kind !== 'fixed') return null;
  const key = keyOf(segments);
  const parent = keyOf(segments.slice(0, -1));
  const known = collections.find(
    ({ keys, name }) =>
      keys.has(key) || (isSameNoun(name, last.text) && [...keys].some((other) => parentOf(other) === parent)),
  );
  if (known !== undefined) {
    known.keys.add(key);
    return known;
  }
  const created: Collection = {
    keys: new Set([key]),
    name: nounOf(segments) ?? last.text,
    path: pathOf(segments),
    depth: segments.length,
    onCollection: [],
    onItem: [],
    behind: [],
  };
  collections.push(created);
  return created;
}

/** The last fixed part that is no version: `users` of `/users/v1`. */
function nounOf(segments: readonly Segment[]): string | undefined {
  const words = segments.flatMap((segment) => (segment.kind === 'fixed' ? [segment.text] : []));
  return words.findLast((word) => !/^v\d+(\.\d+)?$/i.test(word));
}

function parentOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}
