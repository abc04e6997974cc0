import type { Json } from '../vocabulary/json.ts';

/** One way in which a value is not what its schema says. */
export interface SchemaViolation {
  /** JSON Pointer to the place in the value; empty for the whole. */
  readonly pointer: string;
  /** The keyword that is violated: `type`, `required`, `minLength` … */
  readonly keyword: string;
  /** In plain words: `"/title" must be a string of at least 1 character, got ""`. */
  readonly message: string;
  /** What the keyword asks for. */
  readonly expected: Json;
  /** What stands there; null when nothing does. */
  readonly actual: Json;
}

/** A reference token of a JSON Pointer. */
export function pointerToken(name: string | number): string {
  return typeof name === 'number' ? String(name) : name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The names a JSON Pointer is made of. */
export function pointerSteps(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
