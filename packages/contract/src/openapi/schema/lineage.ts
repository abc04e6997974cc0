import { isJsonObject, type Json } from '../../vocabulary/json.ts';
import type { Schema } from '../../vocabulary/operation.ts';

/**
 * Definitions, with who is all of whom (`allOf`). Kept beside them, since each base asks for its heirs: to follow every definition up to its ancestors
 * for each of them takes minutes where a few hundred are in one line.
 */
export class Lineage {
  readonly definitions: Map<string, Schema>;
  /** As they were at first, in their order. */
  readonly names: readonly string[];
  readonly #parents = new Map<string, readonly string[]>();
  readonly #children = new Map<string, Set<string>>();

  constructor(definitions: ReadonlyMap<string, Schema>) {
    this.definitions = new Map(definitions);
    this.names = [...definitions.keys()];
    for (const [name, schema] of definitions) this.#note(name, schema);
  }

  get(name: string): Schema | undefined {
    return this.definitions.get(name);
  }

  set(name: string, schema: Schema): void {
    for (const parent of this.#parents.get(name) ?? []) this.#children.get(parent)?.delete(name);
    this.definitions.set(name, schema);
    this.#note(name, schema);
  }

  /** Whatever of the document is all of this one, at any distance. */
  heirs(base: string): readonly string[] {
    const found = reached([base], (name) => this.#children.get(name) ?? []);
    return found.size === 0 ? [] : this.names.filter((name) => name !== base && found.has(name));
  }

  /** Everything that these are all of, at any distance. */
  ancestors(names: Iterable<string>): ReadonlySet<string> {
    return reached(names, (name) => this.#parents.get(name) ?? []);
  }

  #note(name: string, schema: Schema): void {
    const parents = isJsonObject(schema) ? listOf(schema.allOf).flatMap(parentIn) : [];
    this.#parents.set(name, parents);
    for (const parent of parents) {
      const children = this.#children.get(parent);
      if (children === undefined) this.#children.set(parent, new Set([name]));
      else children.add(name);
    }
  }
}

/** What can be reached in one step or more. */
function reached(from: Iterable<string>, next: (name: string) => Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const other of next(name)) {
      if (found.has(other)) continue;
      found.add(other);
      waiting.push(other);
    }
  }
  return found;
}

function parentIn(part: Json): readonly string[] {
  const name = isJsonObject(part) ? nameIn(part.$ref) : null;
  return name === null ? [] : [name];
}

export function nameIn(reference: Json | undefined): string | null {
  return typeof reference === 'string' && reference.startsWith('#/$defs/') ? reference.slice('#/$defs/'.length) : null;
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
