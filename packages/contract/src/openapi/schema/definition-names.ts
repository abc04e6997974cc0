import { identity } from '../source/references.ts';
import type { Place } from '../source/place.ts';

/** Gives each place that a `$ref` names one name under `$defs`: that of its component, or the nearest to it. */
export class DefinitionNames {
  readonly #byPlace = new Map<string, string>();
  readonly #taken = new Set<string>();

  nameOf(place: Place): string {
    const key = identity(place);
    const known = this.#byPlace.get(key);
    if (known !== undefined) return known;
    const name = this.#free(proposal(place));
    this.#byPlace.set(key, name);
    this.#taken.add(name);
    return name;
  }

  /** A name for a definition that the document does not have. */
  invent(proposed: string): string {
    const name = this.#free(proposed);
    this.#taken.add(name);
    return name;
  }

  #free(proposed: string): string {
    let name = proposed;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${proposed}_${count}`;
    return name;
  }
}

/** Only characters that need no escape in a pointer or a URL, so that every validator reads `#/$defs/<name>` alike. */
function proposal(place: Place): string {
  const last = place.pointer.split('/').at(-1) ?? '';
  const stem = place.source.name.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '');
  const written = last === '' ? stem : last.replaceAll('~1', '.').replaceAll('~0', '.');
  const clean = written.replaceAll(/[^\w.-]+/g, '_');
  return clean === '' || clean === '__proto__' ? 'schema' : clean;
}
