import { isJsonObject } from '../../vocabulary/json.ts';
import { child, items, members, type Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';

/**
 * The names that an object must have: its `required`, and what properties say of themselves with `required: true`, as OpenAPI 2.0's
 * parameters and JSON Schema draft 3 did.
 */
export function readRequired(schema: Place, log: ProblemLog): readonly string[] {
  const names = new Set<string>();
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
  return [...names];
}

/** Where other schemas join in, the property may be declared in one of them. */
function isClosed(schema: Place): boolean {
  const others = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties', 'discriminator'];
  if (/\/(?:allOf|anyOf|oneOf)\/\d+$|\/(?:then|else|not|if)$/.test(schema.pointer)) return false;
  return (
    !isJsonObject(child(schema, 'additionalProperties').value) &&
    others.every((keyword) => child(schema, keyword).value === undefined)
  );
}
