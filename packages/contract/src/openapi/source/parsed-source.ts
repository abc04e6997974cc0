import type { Json } from '../../vocabulary/json.ts';
import type { SourceText } from './source-text.ts';

/**
 * Where each member of each object and array stands: the offset of its key, or of the item itself. Keyed by the container, so that a
 * YAML alias, which shares its container, points at the anchor.
 */
export type Offsets = Map<object, Map<string, number>>;

export interface ParsedSource {
  /** Null for a document that was handed over as a value. */
  readonly text: SourceText | null;
  /** The path relative to the root document; the root document's own name as it was given. */
  readonly name: string;
  /** Where relative references start from; null when there are no files around the document. */
  readonly file: string | null;
  /** True for a file that the contract refers to, false for the contract itself. */
  readonly referenced: boolean;
  readonly root: Json;
  readonly offsets: Offsets;
  /** It is written as Swagger 2.0, and `root` is what OpenAPI 3.0 makes of it. */
  readonly isSwagger?: true;
}

/** Nesting beyond this is nobody's document and would overflow the stack of whatever walks it. */
export const maximumDepth = 400;

/** Sets a member as `JSON.parse` does: `__proto__` is a name like any other. */
export function setMember(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
