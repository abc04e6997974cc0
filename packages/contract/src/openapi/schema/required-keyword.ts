import { isJsonObject, type Json } from '../../vocabulary/json.ts';
import type { ParsedSource } from '../source/parsed-source.ts';
import { child, items, members, type Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';

export interface RequiredNames {
  readonly names: readonly string[];
  /** Those that are not among the properties, and are left out of `names`: a typing mistake must not fail every answer. */
  readonly undescribed: readonly string[];
}

/**
 * The names that an object must have: its `required`, and what properties say of themselves with `required: true`, as OpenAPI 2.0's
 * parameters and JSON Schema draft 3 did.
 */
export function readRequired(schema: Place, log: ProblemLog): RequiredNames {
  const names = new Set<string>();
  const undescribed = new Set<string>();
  const place = child(schema, 'required');
  const properties = child(schema, 'properties');
  const declared = isJsonObject(properties.value) && isClosed(schema) ? properties.value : null;
  if (Array.isArray(place.value)) {
    for (const entry of items(place)) {
      const name = entry.value;
      if (typeof name !== 'string') log.odd(entry, '`required` holds the names of properties; this is none');
      else if (names.has(name)) log.odd(entry, `\`required\` names \`${name}\` twice`);
      else if (declared !== null && !Object.hasOwn(declared, name)) {
        log.odd(entry, `\`required\` names \`${name}\`, which is not among the properties; it is left out`);
        undescribed.add(name);
      } else names.add(name);
    }
  } else if (place.value !== undefined && place.value !== null && typeof place.value !== 'boolean') {
    log.odd(place, '`required` must be a list of the names of properties; it is left out');
  }
  for (const [name, property] of members(properties)) {
    const flag = child(property, 'required');
    if (typeof flag.value !== 'boolean') continue;
    log.odd(
      flag,
      `\`required\` is a list of names beside \`properties\`; this is read as \`required: [${name}]\` there`,
    );
    if (flag.value) names.add(name);
  }
  return { names: [...names], undescribed: [...undescribed] };
}

/** Pointers of the schemas that others are composed of, by document. */
const composed = new WeakMap<ParsedSource, ReadonlySet<string>>();

/** Whether another schema of the document takes this one as a part of its `allOf`: what it requires may be declared there. */
function isPart({ source, pointer }: Place): boolean {
  let known = composed.get(source);
  if (known === undefined) {
    const found = new Set<string>();
    collectParts(source.root, found);
    known = found;
    composed.set(source, known);
  }
  return known.has(pointer);
}

function collectParts(value: Json | undefined, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const parts = isJsonObject(value) && Array.isArray(value['allOf']) ? value['allOf'] : [];
  for (const part of parts) {
    const ref = isJsonObject(part) ? part['$ref'] : undefined;
    if (typeof ref === 'string' && ref.startsWith('#')) found.add(ref.slice(1));
  }
  for (const inside of Object.values(value)) collectParts(inside, found);
}

/** Where other schemas join in, the property may be declared in one of them. */
function isClosed(schema: Place): boolean {
  const others = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties', 'discriminator'];
  if (/\/(?:allOf|anyOf|oneOf)\/\d+$|\/(?:then|else|not|if)$/.test(schema.pointer)) return false;
  return (
    !isPart(schema) &&
    !isJsonObject(child(schema, 'additionalProperties').value) &&
    others.every((keyword) => child(schema, keyword).value === undefined)
  );
}
