import { pointerToken } from '../validate/violation.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Alternative, Making, Node } from './node.ts';

/** One step from a value into a part of it, through one alternative of its schema. */
export interface Step {
  readonly alternative: Alternative;
  readonly key: string | number;
}

/** A place inside a schema: the steps to it, the node there, and one of its alternatives. */
export interface Place {
  readonly steps: readonly Step[];
  readonly node: Node;
  readonly alternative: Alternative;
}

const deepest = 4;
const mostAlternatives = 6;
const mostPlaces = 400;

/** Every place of a schema down to a few levels, the outermost first. */
export function placesOf(root: Node): readonly Place[] {
  const places: Place[] = [];
  let level: readonly { readonly steps: readonly Step[]; readonly node: Node }[] = [{ steps: [], node: root }];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const next: { steps: readonly Step[]; node: Node }[] = [];
    for (const { steps, node } of level) {
      for (const alternative of node.alternatives.slice(0, mostAlternatives)) {
        if (places.length >= mostPlaces) return places;
        places.push({ steps, node, alternative });
        for (const [name, member] of alternative.members) {
          if (Number.isFinite(member.node.height))
            next.push({ steps: [...steps, { alternative, key: name }], node: member.node });
        }
        const item =
          alternative.type === 'array' && alternative.facet.allowed === null && alternative.facet.maxItems > 0
            ? alternative.item(0)
            : null;
        if (item !== null && Number.isFinite(item.height))
          next.push({ steps: [...steps, { alternative, key: 0 }], node: item });
      }
    }
    level = next;
  }
  return places;
}

export function pointerOf(steps: readonly Step[]): string {
  return steps.map(({ key }) => `/${pointerToken(key)}`).join('');
}

/** The place as a person says it: `address.zip`, `tags[0]`; the root's own name for the whole. */
export function subjectOf(steps: readonly Step[], root: string): string {
  if (steps.length === 0) return root;
  const path = steps.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return typeof steps[0]?.key === 'number' ? `${root}${path}` : path.slice(1);
}

/** Makes a value of the whole that has the place in it, and the value there. Throws CannotMake. */
export function makeWithPlace(
  place: Place,
  making: Making,
  depth: number,
): { readonly whole: Json; readonly part: Json } {
  const part = place.alternative.make(making, Math.max(depth - place.steps.length, place.alternative.height));
  let whole = part;
  for (let index = place.steps.length - 1; index >= 0; index--) {
    const step = place.steps[index];
    if (step === undefined) continue;
    const around = step.alternative.make(making, Math.max(depth - index, step.alternative.height));
    if (typeof step.key === 'number')
      whole = Array.isArray(around) && around.length > 0 ? around.with(step.key, whole) : [whole];
    else if (isJsonObject(around)) whole = { ...around, [step.key]: whole };
  }
  return { whole, part };
}
