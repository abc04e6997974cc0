import { isPlural, wordsOf } from '../shape/nouns.ts';
import type { SoapEffect } from '../vocabulary/soap.ts';

const verbs: readonly (readonly [SoapEffect, ReadonlySet<string>])[] = [
  ['create', new Set(['create', 'add', 'insert', 'new', 'register', 'place', 'open', 'submit', 'make'])],
  ['list', new Set(['list', 'search', 'browse', 'enumerate'])],
  [
    'read',
    new Set(['get', 'read', 'fetch', 'find', 'retrieve', 'lookup', 'load', 'show', 'describe', 'query', 'view']),
  ],
  ['update', new Set(['update', 'replace', 'edit', 'modify', 'change', 'put', 'amend'])],
  ['remove', new Set(['delete', 'remove', 'destroy', 'erase', 'drop'])],
];

/** What an operation does by its name, and to what: `getOrderById` reads an `order`, `GetAllOrders` lists `orders`. */
export function readOperationName(name: string): { readonly effect: SoapEffect; readonly noun: string } {
  const words = wordsOf(name).filter((word) => !['operation', 'request', 'op'].includes(word));
  const [verb = '', ...rest] = words;
  const by = rest.indexOf('by');
  const spoken = by > 0 ? rest.slice(0, by) : rest;
  const all = spoken.some((word) => word === 'all' || word === 'list');
  const noun = spoken.filter((word) => word !== 'all' && word !== 'list' && word !== 'the').join('_');
  const effect = verbs.find(([, known]) => known.has(verb))?.[0] ?? 'other';
  if (noun === '') return { effect: 'other', noun: words.join('_') };
  return { effect: effect === 'read' && (all || isPlural(noun)) ? 'list' : effect, noun };
}
