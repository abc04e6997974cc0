import type { Json } from './json.ts';

/** The value at a JSON Pointer (RFC 6901), or undefined. `*` stands for the first element of an array. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) at = at[key === '*' ? 0 : Number(key)] as Json | undefined;
    else if (typeof at === 'object' && at !== null)
      at = Object.hasOwn(at, key) ? (at as Readonly<Record<string, Json>>)[key] : undefined;
    else return undefined;
  }
  return at;
}
