import { isSameNoun, wordsOf } from './nouns.ts';
import type { Segment } from './path-segments.ts';

/** Verbs that say again what the method says already. */
const verbs: Readonly<Record<string, ReadonlySet<string>>> = {
  GET: new Set(['get', 'read', 'fetch', 'list', 'show', 'find', 'retrieve', 'view', 'all']),
  POST: new Set(['create', 'add', 'insert', 'new', 'post']),
  PUT: new Set(['update', 'edit', 'modify', 'change', 'replace', 'put']),
  PATCH: new Set(['update', 'edit', 'modify', 'change', 'patch']),
  DELETE: new Set(['delete', 'remove', 'destroy', 'del']),
};

/**
 * The path as it would be without a verb that repeats the method: `PUT /update_todo/{id}` and `PUT /todos/update/{id}` speak of
 * `/todo/{id}` and `/todos/{id}`. The same segments when there is none.
 */
export function withoutVerb(segments: readonly Segment[], method: string): readonly Segment[] {
  const own = verbs[method];
  const at = segments.findLastIndex((segment) => segment.kind === 'fixed');
  const last = segments[at];
  if (own === undefined || last?.kind !== 'fixed') return segments;
  const words = wordsOf(last.text);
  const from = words.findIndex((word) => !own.has(word));
  if (from === 0 || words.length === 0) return segments;
  const noun = from < 0 ? '' : words.slice(from).join('_');
  const before = segments.slice(0, at);
  const named = before.findLast((segment) => segment.kind === 'fixed');
  if (noun !== '' && !(named?.kind === 'fixed' && isSameNoun(named.text, noun))) {
    return [...before, { kind: 'fixed', text: noun }, ...segments.slice(at + 1)];
  }
  // A verb alone, or with the noun that stands before it: there must be something before it to speak of.
  return named === undefined ? segments : [...before, ...segments.slice(at + 1)];
}
