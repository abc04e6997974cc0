import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';

/**
 * Text that is the same for two JSON values exactly when JSON Schema calls them equal: the order of an object's members does not
 * count, and 1 equals 1.0 and -0 equals 0.
 */
export function jsonKey(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(jsonKey).join(',')}]`;
  if (isJsonObject(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${jsonKey(value[name] ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
