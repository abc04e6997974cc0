import { isJsonObject, type Json } from '../../vocabulary/json.ts';
import { closestName } from './closest-name.ts';
import type { ContractFiles } from './files.ts';
import { appendToken, pointerTokens } from './pointer.ts';
import { child, items, members, type Place, rootPlace } from './place.ts';
import type { ParsedSource } from './parsed-source.ts';

export type Resolved = { readonly place: Place } | { readonly problem: string };

/** What a JSON Schema names inside a document besides pointers. */
interface Names {
  /** `$anchor` and `$dynamicAnchor`. */
  readonly anchors: ReadonlyMap<string, Place>;
  /** How many schemas have a `$dynamicAnchor` of that name. */
  readonly dynamic: ReadonlyMap<string, number>;
  /** `$id`, without its fragment. */
  readonly identifiers: ReadonlyMap<string, Place>;
}

/** Finds what a `$ref` names: in the document, in files around it, by pointer, anchor or `$id`. Never on the network. */
export class References {
  readonly #files: ContractFiles;
  readonly #names = new Map<ParsedSource, Names>();
  /** References that a pointer is passing through: one that passes through itself leads nowhere. */
  readonly #passing = new Set<string>();

  constructor(files: ContractFiles) {
    this.#files = files;
  }

  /** @param resource the nearest schema with an `$id` around the reference: its pointers start there. */
  resolve(reference: string, from: Place, resource: Place | null = null): Resolved {
    const hash = reference.indexOf('#');
    const base = hash === -1 ? reference : reference.slice(0, hash);
    const fragment = hash === -1 ? '' : reference.slice(hash + 1);
    if (base === '') {
      const inside = resource === null ? null : this.#fragment(fragment, resource, reference);
      return inside !== null && 'place' in inside
        ? inside
        : this.#fragment(fragment, rootPlace(from.source), reference);
    }
    const identified = this.#identified(base, from, resource);
    if (identified !== null) return this.#fragment(fragment, identified, reference);
    const loaded = this.#files.load(decoded(base), from.source);
    if ('problem' in loaded) return { problem: `\`${reference}\` cannot be read: ${loaded.problem}` };
    return this.#fragment(fragment, rootPlace(loaded.source), reference);
  }

  /** Whether a `$dynamicRef` may mean another schema than the one it names: whoever came here may have put theirs in its place. */
  mayBeOverridden(reference: string, from: Place): boolean {
    const anchor = decoded(reference.slice(reference.indexOf('#') + 1));
    this.#namesOf(from.source);
    const counts = [...this.#names.values()].map(({ dynamic }) => dynamic.get(anchor) ?? 0);
    return counts.reduce((sum, count) => sum + count, 0) > 1;
  }

  /** Follows an object that is a reference, and what it leads to, to the end. */
  follow(place: Place): Resolved {
    const seen = new Set<string>();
    let current = place;
    for (;;) {
      const reference = isJsonObject(current.value) ? current.value.$ref : undefined;
      if (reference === undefined) return { place: current };
      if (typeof reference !== 'string') return { problem: notText(reference) };
      const key = identity(current);
      if (seen.has(key)) return { problem: `\`${reference}\` leads back to itself` };
      seen.add(key);
      const next = this.resolve(reference, current);
      if ('problem' in next) return next;
      current = next.place;
    }
  }

  #fragment(fragment: string, start: Place, reference: string): Resolved {
    const pointer = decoded(fragment);
    const tokens = pointerTokens(pointer);
    if (tokens === null) {
      const anchored = this.#namesOf(start.source).anchors.get(pointer);
      return anchored === undefined
        ? { problem: `\`${reference}\` names an anchor that does not exist` }
        : { place: anchored };
    }
    let place = start;
    for (const token of tokens) {
      let next = child(place, token);
      if (next.value === undefined) {
        const followed = this.#behindReference(place);
        if (followed !== null) next = child(followed, token);
      }
      if (next.value === undefined) return { problem: dangling(reference, place, token) };
      place = next;
    }
    return { place };
  }

  /** A pointer may pass through a reference: strictly it may not, but tools that split documents write such pointers. */
  #behindReference(place: Place): Place | null {
    if (!isJsonObject(place.value) || typeof place.value.$ref !== 'string') return null;
    const key = identity(place);
    if (this.#passing.has(key)) return null;
    this.#passing.add(key);
    const followed = this.follow(place);
    this.#passing.delete(key);
    return 'place' in followed ? followed.place : null;
  }

  #identified(base: string, from: Place, resource: Place | null): Place | null {
    const { identifiers } = this.#namesOf(from.source);
    if (identifiers.size === 0) return null;
    const exact = identifiers.get(base);
    if (exact !== undefined) return exact;
    const around = isJsonObject(resource?.value) ? resource.value.$id : undefined;
    for (const [identifier, place] of identifiers) {
      if (typeof around === 'string' && URL.canParse(base, around) && new URL(base, around).href === identifier)
        return place;
    }
    return null;
  }

  #namesOf(source: ParsedSource): Names {
    const known = this.#names.get(source);
    if (known !== undefined) return known;
    const names = collectNames(source);
    this.#names.set(source, names);
    return names;
  }
}

/** Without quotes YAML reads `#/components/…` as a comment, and the reference as empty. */
export function notText(reference: Json | undefined): string {
  return `\`$ref\` must be a text${reference === null ? '; in YAML a reference that begins with # needs quotes' : ''}`;
}

/** One string for one place in one file. */
export function identity(place: Place): string {
  return `${place.source.name}#${place.pointer}`;
}

function collectNames(source: ParsedSource): Names {
  const anchors = new Map<string, Place>();
  const identifiers = new Map<string, Place>();
  const dynamic = new Map<string, number>();
  if (source.text !== null && !/\$(?:id|anchor|dynamicAnchor)\b/.test(source.text.text))
    return { anchors, identifiers, dynamic };
  const seen = new Set<object>();
  const visit = (place: Place): void => {
    const { value } = place;
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (isJsonObject(value)) {
      for (const name of [value.$anchor, value.$dynamicAnchor])
        if (typeof name === 'string' && !anchors.has(name)) anchors.set(name, place);
      if (typeof value.$dynamicAnchor === 'string')
        dynamic.set(value.$dynamicAnchor, (dynamic.get(value.$dynamicAnchor) ?? 0) + 1);
      if (typeof value.$id === 'string') identifiers.set(value.$id.replace(/#.*$/, ''), place);
    }
    for (const [, member] of members(place)) visit(member);
    for (const item of items(place)) visit(item);
  };
  visit(rootPlace(source));
  return { anchors, identifiers, dynamic };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function dangling(reference: string, place: Place, token: string): string {
  const near = isJsonObject(place.value) ? closestName(token, Object.keys(place.value)) : null;
  const hint = near === null ? '' : `; did you mean \`#${appendToken(place.pointer, near)}\`?`;
  return `\`${reference}\` does not exist${hint}`;
}
