import type { Value } from '../value.ts';

/** They are compared, so they stay numbers, however long. */
const times = new Set(['time', 'call', 'return']);

/** JSON in which integers that a number cannot hold become their digits, as in EDN: rounded, two that differ would be the same. */
export function jsonValue(source: string): Value {
  // Only where there may be one: a reviver takes long.
  const value: Value = /\d{16}/.test(source) ? JSON.parse(source, exact) : JSON.parse(source);
  return value;
}

function exact(key: string, value: Value, context?: { readonly source?: string }): Value {
  const digits = context?.source ?? '';
  const rounded = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits);
  return rounded && !times.has(key) ? digits : value;
}
