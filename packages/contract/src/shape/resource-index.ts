import { nounKeys, wordsOf } from './nouns.ts';
import type { LocatedResource } from './resources.ts';

/** Finds resources by the names that refer to them, and by their paths. */
export class ResourceIndex {
  readonly #byKey = new Map<string, LocatedResource>();
  readonly #byNoun = new Map<string, LocatedResource[]>();

  constructor(resources: readonly LocatedResource[]) {
    for (const resource of resources) {
      for (const key of resource.keys) this.#byKey.set(key, resource);
      for (const key of nounKeys(wordsOf(resource.noun))) {
        const list = this.#byNoun.get(key);
        if (list === undefined) this.#byNoun.set(key, [resource]);
        else list.push(resource);
      }
    }
  }

  /** @param key that of a collection's path, as `keyOf` makes it. */
  at(key: string): LocatedResource | null {
    return this.#byKey.get(key) ?? null;
  }

  /** The one resource of that noun; of several, the one nearest to the root; null when that is not one. */
  byNoun(words: readonly string[]): LocatedResource | null {
    const found = [...new Set(nounKeys(words).flatMap((key) => this.#byNoun.get(key) ?? []))].toSorted(
      (a, b) => a.depth - b.depth,
    );
    const [first, second] = found;
    if (first === undefined || (second !== undefined && second.depth === first.depth)) return null;
    return first;
  }

  /** The resource that a name such as `fromAccountId` refers to: the words before the id end in its noun. */
  byReference(name: string): LocatedResource | null {
    const words = wordsOf(name);
    if (words.length < 2 || !/^(?:id|ids|uuid|uuids|guid)$/.test(words.at(-1) ?? '')) return null;
    for (let from = 0; from < words.length - 1; from += 1) {
      const found = this.byNoun(words.slice(from, -1));
      if (found !== null) return found;
    }
    return null;
  }
}
