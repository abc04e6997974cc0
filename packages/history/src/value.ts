/** A value as histories carry it: what JSON and EDN have in common. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/**
 * A text that two values share exactly when they are equal, whatever the order of their keys; null for what cannot be told apart by
 * its content alone (functions, class instances, symbols). Knows more than JSON: undefined, NaN, minus zero and big integers.
 */
export function canonical(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '0' : String(value);
    case 'boolean':
      return String(value);
    case 'bigint':
      return `${value}n`;
    case 'undefined':
      return '?';
    case 'object':
      return value === null ? 'null' : canonicalObject(value);
    default:
      return null;
  }
}

function canonicalObject(value: object): string | null {
  const parts: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = canonical(item);
      if (part === null) return null;
      parts.push(part);
    }
    return `[${parts.join(',')}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null;
  for (const [key, item] of Object.entries(value)) {
    const part = canonical(item);
    if (part === null) return null;
    parts.push(`${JSON.stringify(key)}:${part}`);
  }
  parts.sort();
  return `{${parts.join(',')}}`;
}

/** The canonical text of a plain value; what the models use as keys. */
export function keyOf(value: Value | undefined): string {
  return canonical(value) ?? '?';
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  // Only objects (and NaN) can be equal without being identical.
  if (typeof a === 'string' || typeof b === 'string' || typeof a === 'boolean' || typeof b === 'boolean') return false;
  return keyOf(a) === keyOf(b);
}

/** A value for people: JSON, with `nil` for what is not there, cut when it is long. */
export function showValue(value: Value | undefined, longest = 60): string {
  const text = value === null || value === undefined ? 'nil' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
