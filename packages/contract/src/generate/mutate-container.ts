import { pointerToken } from '../validate/violation.ts';
import { counted, shown } from '../validate/wording.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Alternative, Making, Node } from './node.ts';
import { replacement } from './mutation.ts';
import type { Mutation, Target } from './mutation.ts';

const longestArray = 1000;
const itemDepth = 2;

export function arrayMutations(target: Target, alternative: Alternative): readonly Mutation[] {
  const { subject } = target;
  const { minItems, maxItems, unique } = alternative.facet;
  const found: Mutation[] = [];
  if (minItems > 0) {
    found.push(
      replacement(target, 'items', 'minItems', (part) =>
        Array.isArray(part)
          ? {
              value: part.slice(0, minItems - 1),
              description: `${subject} has ${counted(minItems - 1, 'item')}, the minimum is ${minItems}`,
            }
          : null,
      ),
    );
  }
  if (maxItems < longestArray) {
    found.push(
      replacement(target, 'items', 'maxItems', (part, making) => {
        const value = Array.isArray(part) ? grown(part, maxItems + 1, alternative, making) : null;
        return value === null
          ? null
          : { value, description: `${subject} has ${counted(maxItems + 1, 'item')}, the maximum is ${maxItems}` };
      }),
    );
  }
  if (unique && maxItems > 1) {
    found.push(
      replacement(target, 'unique', 'uniqueItems', (part, making) => {
        const items = Array.isArray(part) && part.length > 0 ? part : grown([], 1, alternative, making);
        const first = items?.[0];
        if (items === null || first === undefined) return null;
        const value = items.length < maxItems ? [...items, first] : items.with(items.length - 1, first);
        return value.length < 2
          ? null
          : { value, description: `${subject} holds ${shown(first, 30)} twice, every item must be different` };
      }),
    );
  }
  return found;
}

/** An array made longer with further items of its kind, different ones where they must be. */
function grown(
  part: readonly Json[],
  size: number,
  { item, facet }: Alternative,
  making: Making,
): readonly Json[] | null {
  const items = [...part];
  const keys = new Set(items.map((value) => JSON.stringify(value)));
  for (let tries = 0; items.length < size && tries < size * 3 + 20; tries++) {
    const node = item(items.length);
    if (node === null) return null;
    const value = node.make({ ...making, room: 20 }, Math.max(node.height, itemDepth));
    const key = JSON.stringify(value);
    if (facet.unique && keys.has(key)) continue;
    keys.add(key);
    items.push(value);
  }
  return items.length === size ? items : null;
}

export function objectMutations(target: Target, alternative: Alternative): readonly Mutation[] {
  const { place, pointer, subject } = target;
  const { facet, members } = alternative;
  const found: Mutation[] = [];
  const inside = (name: string) => (place.steps.length === 0 ? name : `${subject}.${name}`);
  for (const [name, { required }] of members) {
    if (!required) continue;
    const at = `${pointer}/${pointerToken(name)}`;
    found.push({
      kind: 'missing',
      keyword: 'required',
      place,
      change: () => ({
        edit: { op: 'remove', pointer: at },
        violation: { kind: 'missing', keyword: 'required', pointer: at, description: `${inside(name)} is missing` },
      }),
    });
  }
  for (const [name, others] of facet.dependent) {
    const trigger = members.get(name);
    if (trigger === undefined) continue;
    for (const other of others) {
      found.push(
        replacement(target, 'missing', 'dependentRequired', (part, making) => {
          if (!isJsonObject(part)) return null;
          const whole = Object.hasOwn(part, name) ? part : { ...part, [name]: makePart(trigger.node, making) };
          const value = Object.fromEntries(Object.entries(whole).filter(([each]) => each !== other));
          return { value, description: `${inside(other)} is missing, must be there with ${inside(name)}` };
        }),
      );
    }
  }
  const forbidsOthers = facet.closed || facet.objects.some(({ additional }) => additional === false);
  if (forbidsOthers) {
    const at = `${pointer}/unexpected`;
    found.push({
      kind: 'additional',
      keyword: 'additionalProperties',
      place,
      change: () => ({
        edit: { op: 'set', pointer: at, value: 'value' },
        violation: {
          kind: 'additional',
          keyword: 'additionalProperties',
          pointer: at,
          description: `an unknown property ${inside('unexpected')}`,
        },
      }),
    });
  }
  const { minProperties, maxProperties } = facet;
  if (minProperties > facet.required.length) {
    found.push(
      replacement(target, 'properties', 'minProperties', (part) => {
        if (!isJsonObject(part)) return null;
        const entries = Object.entries(part).sort(
          ([a], [b]) => Number(facet.required.includes(b)) - Number(facet.required.includes(a)),
        );
        const value = Object.fromEntries(entries.slice(0, minProperties - 1));
        return {
          value,
          description: `${subject} has ${counted(minProperties - 1, 'property', 'properties')}, the minimum is ${minProperties}`,
        };
      }),
    );
  }
  if (maxProperties < longestArray && !forbidsOthers) {
    found.push(
      replacement(target, 'properties', 'maxProperties', (part) => {
        if (!isJsonObject(part)) return null;
        const [sample = 'value'] = Object.values(part);
        const extra = Array.from(
          { length: Math.max(0, maxProperties + 1 - Object.keys(part).length) },
          (_, index) => [`extra${index + 1}`, sample] as const,
        );
        return {
          value: { ...part, ...Object.fromEntries(extra) },
          description: `${subject} has ${counted(maxProperties + 1, 'property', 'properties')}, the maximum is ${maxProperties}`,
        };
      }),
    );
  }
  return found;
}

function makePart(node: Node, making: Making): Json {
  return node.make(making, Math.max(node.height, itemDepth));
}
