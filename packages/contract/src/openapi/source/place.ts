import { isJsonObject, type Json } from '../../vocabulary/json.ts';
import type { ParsedSource } from './parsed-source.ts';
import { appendToken } from './pointer.ts';

/** A value in a document that knows where it stands. */
export interface Place {
  readonly source: ParsedSource;
  readonly pointer: string;
  readonly value: Json | undefined;
  /** Of its key or, for an item of an array, of itself; null when it cannot be told. */
  readonly offset: number | null;
}

export function rootPlace(source: ParsedSource): Place {
  return { source, pointer: '', value: source.root, offset: source.text === null ? null : 0 };
}

/** The member of that name; its value is undefined when there is none, and it then stands where its parent stands. */
export function child(parent: Place, key: string): Place {
  const { source, value } = parent;
  const container = typeof value === 'object' && value !== null ? value : null;
  const offset = container === null ? undefined : source.offsets.get(container)?.get(key);
  return {
    source,
    pointer: appendToken(parent.pointer, key),
    value: memberOf(value, key),
    offset: offset ?? parent.offset,
  };
}

/** The members of an object in the order of the document, as far as JavaScript keeps it; of anything else, none. */
export function members(place: Place): readonly (readonly [string, Place])[] {
  return isJsonObject(place.value) ? Object.keys(place.value).map((key) => [key, child(place, key)] as const) : [];
}

/** The items of an array; of anything else, none. */
export function items(place: Place): readonly Place[] {
  return Array.isArray(place.value) ? place.value.map((_, index) => child(place, String(index))) : [];
}

export function text(place: Place): string {
  return typeof place.value === 'string' ? place.value : '';
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
