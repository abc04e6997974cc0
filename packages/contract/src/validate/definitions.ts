import type { Schema } from '../vocabulary/operation.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import { asSchema, asSchemaMap, asSchemas, inPlaceLists, inPlaceSchemas } from './keywords.ts';

const prefix = '#/$defs/';

/** The schema that a `$ref` of the contract means, with the name it goes by; undefined when it dangles. */
export function lookUp(
  contract: Contract,
  ref: string,
): { readonly name: string; readonly schema: Schema } | undefined {
  if (!ref.startsWith(prefix)) return undefined;
  const rest = ref.slice(prefix.length);
  for (const name of [rest, unescape(rest)]) {
    if (Object.hasOwn(contract.definitions, name)) {
      const schema = contract.definitions[name];
      if (schema !== undefined) return { name, schema };
    }
  }
  // A pointer into the depths of a definition.
  const [first = '', ...steps] = rest.split('/').map(unescape);
  let place: Json | undefined = Object.hasOwn(contract.definitions, first) ? contract.definitions[first] : undefined;
  for (const step of steps) place = member(place, step);
  const schema = asSchema(place);
  return schema === undefined ? undefined : { name: rest, schema };
}

function member(place: Json | undefined, step: string): Json | undefined {
  if (Array.isArray(place)) return place[Number(step)];
  return isJsonObject(place) && Object.hasOwn(place, step) ? place[step] : undefined;
}

function unescape(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** The schemas that speak about the same value as this one, one step away. */
function inPlace(schema: Schema): readonly Schema[] {
  if (typeof schema === 'boolean') return [];
  return [
    ...inPlaceLists.flatMap((keyword) => asSchemas(schema[keyword])),
    ...[...inPlaceSchemas, 'not' as const]
      .map((keyword) => asSchema(schema[keyword]))
      .filter((part) => part !== undefined),
    ...Object.values(asSchemaMap(schema.dependentSchemas)),
  ];
}

/**
 * The references that lead a definition back to itself without going into a part of the value (`A: { allOf: [{ $ref: A }] }`), as
 * `from\nto`. Nothing can be judged through them, so they are left out.
 */
export function endlessReferences(contract: Contract): ReadonlySet<string> {
  const endless = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, schema: Schema): void => {
    state.set(name, 'open');
    const parts: Schema[] = [schema];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      parts.push(...inPlace(part));
      if (typeof part === 'boolean' || typeof part.$ref !== 'string') continue;
      const target = lookUp(contract, part.$ref);
      if (target === undefined) continue;
      const known = state.get(target.name);
      if (known === 'open') endless.add(`${name}\n${target.name}`);
      else if (known === undefined) visit(target.name, target.schema);
    }
    state.set(name, 'done');
  };
  for (const [name, schema] of Object.entries(contract.definitions)) if (!state.has(name)) visit(name, schema);
  return endless;
}
