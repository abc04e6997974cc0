import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';

/** JSON text. JSON.stringify writes -0 as 0; here it stays what it is, since some readers stumble over it. */
export function encodeJson(value: Json): string {
  return hasNegativeZero(value) ? withNegativeZero(value) : JSON.stringify(value);
}

function hasNegativeZero(value: Json): boolean {
  if (typeof value === 'number') return Object.is(value, -0);
  if (Array.isArray(value)) return value.some(hasNegativeZero);
  return isJsonObject(value) && Object.values(value).some(hasNegativeZero);
}

function withNegativeZero(value: Json): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(withNegativeZero).join(',')}]`;
  if (isJsonObject(value)) {
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}:${withNegativeZero(member)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}
