import type { Json } from '../../vocabulary/json.ts';
import { child, items, members, type Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';

/** From the text of a reference to the `#/$defs/…` it becomes, or what is wrong with it. */
export type Target = (
  reference: string,
  from: Place,
) => { readonly ref: string; readonly name: string } | { readonly problem: string };

/**
 * `discriminator` with its mapping written out: every branch of `oneOf` or `anyOf` has an entry, under the name the mapping gives it or,
 * as the specification says, under the name of its component.
 */
export function readDiscriminator(schema: Place, target: Target, log: ProblemLog): Json | undefined {
  const place = child(schema, 'discriminator');
  if (place.value === undefined) return undefined;
  const name = typeof place.value === 'string' ? place.value : child(place, 'propertyName').value;
  if (typeof name !== 'string') {
    log.odd(place, '`discriminator` has no `propertyName`; it is left out');
    return undefined;
  }
  if (typeof place.value === 'string')
    log.odd(place, 'since OpenAPI 3.0 `discriminator` is an object with a `propertyName`');
  const mapping: Record<string, Json> = {};
  const mapped = new Set<string>();
  for (const [value, entry] of members(child(place, 'mapping'))) {
    const found =
      typeof entry.value === 'string' ? resolveEntry(entry.value, entry, target) : { problem: 'it is not a text' };
    if ('problem' in found) {
      log.odd(entry, `the mapping of \`${value}\` is left out: ${found.problem}`);
      continue;
    }
    mapping[value] = found.ref;
    mapped.add(found.ref);
  }
  for (const branch of [...items(child(schema, 'oneOf')), ...items(child(schema, 'anyOf'))]) {
    const reference = child(branch, '$ref').value;
    const found = typeof reference === 'string' ? target(reference, branch) : null;
    if (found === null || 'problem' in found || mapped.has(found.ref)) continue;
    mapping[found.name] = found.ref;
  }
  return { propertyName: name, ...(Object.keys(mapping).length === 0 ? {} : { mapping }) };
}

/** An entry is the name of a component or a reference; what could be either is a name first. */
function resolveEntry(written: string, place: Place, target: Target): ReturnType<Target> {
  const asName = /^[\w.-]+$/.test(written) ? target(`#/components/schemas/${written}`, place) : null;
  return asName !== null && 'ref' in asName ? asName : target(written, place);
}
