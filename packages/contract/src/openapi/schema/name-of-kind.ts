import type { Json } from '../../vocabulary/json.ts';

/** What a value is, for a message that says what it should have been. */
export function nameOfKind(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object'
    : typeof value === 'string'
      ? `the text "${value.slice(0, 40)}"`
      : `the ${typeof value} ${String(value)}`;
}
