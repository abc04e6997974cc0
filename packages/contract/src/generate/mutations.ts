import type { Json } from '../vocabulary/json.ts';
import { applyEdit } from './edit.ts';
import { CannotMake } from './cannot-make.ts';
import { arrayMutations, objectMutations } from './mutate-container.ts';
import { numberMutations, stringMutations } from './mutate-scalar.ts';
import { enumMutations, typeMutations } from './mutate-type.ts';
import type { Change, Mutation } from './mutation.ts';
import { makeWithPlace, placesOf, pointerOf, subjectOf } from './route.ts';
import { seededSource } from './source.ts';
import type { Source } from './source.ts';
import type { Mode, ValueMaker } from './value-maker.ts';

const provingTries = 8;
const makingTries = 30;
const spareDepth = 2;
/** Each is proven on whole values. Schemas of thousands of places, as generated contracts have them, would take minutes. */
const mostMutations = 400;

/** A valid value and the change that makes it invalid. */
export interface Mutated {
  readonly base: Json;
  readonly change: Change;
  readonly value: Json;
}

/** A mutation with the values it works on. */
export interface ProvenMutation {
  readonly mutation: Mutation;
  /** The value it was proven with. */
  readonly sample: Mutated;
  /** Falls back to the value it was proven with when none comes about in a bounded number of tries. */
  readonly make: (source: Source, mode: Mode) => Mutated;
}

/**
 * The ways in which values of a schema can be made invalid, one place and one keyword at a time; of very many an even sample. Each has been tried: its values are
 * invalid by the given test, and valid before the change.
 *
 * @param isInvalid stricter than "not valid" where the place gives a value several readings.
 */
export function provenMutations(
  maker: ValueMaker,
  root: string,
  isInvalid: (value: Json, change: Change) => boolean,
): readonly ProvenMutation[] {
  const attempt = (mutation: Mutation, source: Source, mode: Mode): Mutated | undefined => {
    try {
      const making = maker.making(source, mode);
      const { whole, part } = makeWithPlace(mutation.place, making, maker.node.height + spareDepth);
      if (!maker.isValid(whole)) return undefined;
      const change = mutation.change(part, { ...making, wild: false });
      const value = change === null ? undefined : applyEdit(whole, change.edit);
      return change === null || value === undefined || !isInvalid(value, change)
        ? undefined
        : { base: whole, change, value };
    } catch (error) {
      if (error instanceof CannotMake) return undefined;
      throw error;
    }
  };
  const several = (mutation: Mutation, source: Source, mode: Mode, tries: number) => {
    for (let count = 0; count < tries; count++) {
      const mutated = attempt(mutation, source, mode);
      if (mutated !== undefined) return mutated;
    }
    return undefined;
  };
  return evenly(allMutations(maker, root), mostMutations).flatMap((mutation) => {
    const proof = several(mutation, seededSource(11), 'plain', provingTries);
    if (proof === undefined) return [];
    return [
      {
        mutation,
        sample: proof,
        make: (source: Source, mode: Mode) => several(mutation, source, mode, makingTries) ?? proof,
      },
    ];
  });
}

function evenly<T>(items: readonly T[], most: number): readonly T[] {
  return items.length <= most
    ? items
    : Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]).filter(
        (item) => item !== undefined,
      );
}

function allMutations(maker: ValueMaker, root: string): readonly Mutation[] {
  return placesOf(maker.node).flatMap((place) => {
    const target = { place, pointer: pointerOf(place.steps), subject: subjectOf(place.steps, root) };
    const { alternative } = place;
    // What concerns all alternatives of a place is done once for it.
    const first = place.node.alternatives[0] === alternative;
    const found = first ? [...typeMutations(target), ...enumMutations(target)] : [];
    if (alternative.facet.allowed !== null) return found;
    if (alternative.type === 'number') found.push(...numberMutations(target, alternative.facet));
    if (alternative.type === 'string') found.push(...stringMutations(target, alternative.facet));
    if (alternative.type === 'array') found.push(...arrayMutations(target, alternative));
    if (alternative.type === 'object') found.push(...objectMutations(target, alternative));
    return found;
  });
}

/** The same mutations by what they violate and where, so that six wrong types do not crowd out one missing property. */
export function byViolation<T>(entries: readonly T[], mutationOf: (entry: T) => Mutation): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const { keyword, place } = mutationOf(entry);
    const key = `${keyword} ${pointerOf(place.steps)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}
