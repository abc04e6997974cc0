import { type Binding, type Json, type ProbeContext, valueAt } from '@assay/contract';
import { operationOf } from '../requests/cases.ts';
import type { Made } from './made.ts';
import { sharedPath } from './whereabouts.ts';

/** Where a kind of thing says, when it is made, to which other thing it belongs, and the one that it has to be. */
export interface Kin {
  /** A place of the operation that makes it: `path:event_id`, `body:/eventId`. */
  readonly target: string;
  readonly id: Json;
}

/**
 * An order of an event is for ticket types of that event: what a request refers to belongs to what else it refers to, where it is made for one of those. Null when
 * nothing that is taken already says so.
 * @param taken ids that the request refers to, by resource
 */
export function kinOf(
  { shape }: Pick<ProbeContext, 'shape'>,
  resource: string,
  taken: ReadonlyMap<string, readonly Json[]>,
): Kin | null {
  const create = shape.resources.find(({ name }) => name === resource)?.create ?? null;
  for (const binding of create === null ? [] : (shape.bindings[create] ?? [])) {
    const id = taken.get(binding.resource)?.at(-1);
    if (id !== undefined && binding.resource !== resource && !binding.target.startsWith('query:'))
      return { target: binding.target, id };
  }
  return null;
}

/** Whether a thing was made for that other one. */
export function isKin(context: Pick<ProbeContext, 'shape' | 'contract'>, made: Made, { target, id }: Kin): boolean {
  const create = context.shape.resources.find(({ name }) => name === made.resource)?.create ?? null;
  if (create === null) return false;
  const operation = operationOf(context.contract, create);
  const held = target.startsWith('path:')
    ? sharedPath(operation, made.exchange.request.target, operation)[target]
    : made.sent === undefined
      ? undefined
      : valueAt(made.sent as Json, target.slice('body:'.length));
  return held !== undefined && String(held) === String(id);
}

/**
 * What a refused request refers to and may have used up: what its body names, and after a conflict what its path names last. What nothing makes stays.
 */
export function usedUp(
  { shape }: Pick<ProbeContext, 'shape'>,
  bindings: readonly Binding[],
  isConflict: boolean,
): readonly string[] {
  const isMade = ({ resource }: Binding): boolean =>
    shape.resources.some(({ name, create }) => name === resource && create !== null);
  const last = bindings.findLast(({ target }) => target.startsWith('path:'));
  return bindings
    .filter((binding) => binding.target.startsWith('body:') || (isConflict && binding === last))
    .filter(isMade)
    .map(({ resource }) => resource);
}

/** The bindings of a request: those of its path, the last first, and then those that others of them belong to before these. */
export function parentsFirst({ shape }: Pick<ProbeContext, 'shape'>, bindings: readonly Binding[]): readonly Binding[] {
  const parentsOf = (resource: string): readonly string[] => {
    const create = shape.resources.find(({ name }) => name === resource)?.create ?? null;
    return (create === null ? [] : (shape.bindings[create] ?? [])).map((binding) => binding.resource);
  };
  const isParent = ({ resource }: Binding): boolean =>
    bindings.some((other) => other.resource !== resource && parentsOf(other.resource).includes(resource));
  const inPath = bindings.filter(({ target }) => target.startsWith('path:'));
  const others = bindings.filter((binding) => !inPath.includes(binding));
  return [...inPath.toReversed(), ...others.filter(isParent), ...others.filter((binding) => !isParent(binding))];
}
