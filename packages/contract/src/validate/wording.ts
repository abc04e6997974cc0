import type { Json } from '../vocabulary/json.ts';
import { isJsonObject } from '../vocabulary/json.ts';

const articles: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'an array',
  object: 'an object',
};

/** `string` → `a string`. */
export function withArticle(type: string): string {
  return articles[type] ?? `a ${type}`;
}

/** `["string", "null"]` → `a string or null`. */
export function anyOfTypes(types: readonly string[]): string {
  return listed(types.map(withArticle), 'or');
}

export function listed(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** The JSON type of a value, as JSON Schema names it; a whole number is an `integer`. */
export function typeOf(value: Json): 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'string' : 'boolean';
}

/** A value as JSON, cut where it is too long for a sentence. */
export function shown(value: Json, room = 80): string {
  if (Array.isArray(value) && value.length > 20) return `an array of ${value.length} items`;
  const text = JSON.stringify(value);
  return text.length <= room ? text : `${Array.from(text.slice(0, room)).slice(0, -1).join('')}…`;
}

/** `1 character`, `2 characters`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The place a sentence speaks about: `"/title"`, or `the value` for the whole. */
export function placeName(pointer: string): string {
  return pointer === '' ? 'the value' : `"${pointer}"`;
}
