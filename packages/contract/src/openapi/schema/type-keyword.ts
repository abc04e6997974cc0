import type { Json } from '../../vocabulary/json.ts';
import { items, type Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';

const jsonTypes: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);

/** What people write for a type, with the schema they mean. */
const otherNames: Readonly<Record<string, { readonly type: string; readonly format?: string }>> = {
  int: { type: 'integer' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  long: { type: 'integer', format: 'int64' },
  float: { type: 'number' },
  double: { type: 'number' },
  decimal: { type: 'number' },
  bool: { type: 'boolean' },
  str: { type: 'string' },
  text: { type: 'string' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  'date-time': { type: 'string', format: 'date-time' },
  timestamp: { type: 'string', format: 'date-time' },
  uuid: { type: 'string', format: 'uuid' },
  email: { type: 'string', format: 'email' },
  binary: { type: 'string', format: 'binary' },
  list: { type: 'array' },
  map: { type: 'object' },
  dict: { type: 'object' },
};

export interface ReadType {
  /** Null: any type. */
  readonly types: readonly string[] | null;
  readonly format: string | null;
  /** The author named a type that nobody knows. */
  readonly unknown: boolean;
}

export function readType(place: Place, log: ProblemLog): ReadType {
  const { value } = place;
  if (value === undefined) return anyType;
  const entries = Array.isArray(value) ? items(place) : [place];
  const types: string[] = [];
  let format: string | null = null;
  for (const entry of entries) {
    const one = readOne(entry, log);
    if (one === null) return { ...anyType, unknown: true };
    if (one.type === 'any') return anyType;
    if (!types.includes(one.type)) types.push(one.type);
    format ??= one.format ?? null;
  }
  // A number is an integer too, and validators refuse the pair as redundant.
  const narrowed = types.includes('number') ? types.filter((type) => type !== 'integer') : types;
  return { types: narrowed.length === 0 ? null : narrowed, format, unknown: false };
}

const anyType: ReadType = { types: null, format: null, unknown: false };

function readOne(place: Place, log: ProblemLog): { readonly type: string; readonly format?: string } | null {
  const name = nameOf(place.value);
  if (jsonTypes.has(name)) return { type: name };
  if (name === 'file') return { type: 'string', format: 'binary' };
  const lower = name.toLowerCase();
  const meant = jsonTypes.has(lower)
    ? { type: lower }
    : Object.hasOwn(otherNames, lower)
      ? otherNames[lower]
      : lower === 'any'
        ? { type: 'any' }
        : undefined;
  if (meant === undefined) {
    log.broken(place, `\`${name}\` is not a type; the types are string, number, integer, boolean, array and object`);
    return null;
  }
  log.odd(
    place,
    `\`${name}\` is not a type; it is taken for ${meant.type}${'format' in meant ? ` with the format ${meant.format}` : ''}`,
  );
  return meant;
}

function nameOf(value: Json | undefined): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
