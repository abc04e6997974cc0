import type { ResponseLink } from '../vocabulary/operation.ts';
import { type Reading, followed } from './reading.ts';
import { child, members, type Place } from './source/place.ts';

/** From an `operationId`, or from the place of an operation, to its id in the contract; null when there is none. */
export interface ResolveOperation {
  byId(id: string): string | null;
  byPlace(place: Place): string | null;
}

export function readLinks(place: Place, reading: Reading, operations: ResolveOperation): readonly ResponseLink[] {
  const links: ResponseLink[] = [];
  for (const [name, at] of members(place)) {
    if (name.startsWith('x-')) continue;
    const link = followed(at, 'a link', reading);
    if (link === null) continue;
    const operation = target(link, reading, operations);
    if ('problem' in operation) {
      reading.log.odd(at, `the link \`${name}\` is left out: ${operation.problem}`);
      continue;
    }
    const parameters: Record<string, string> = {};
    for (const [parameter, { value }] of members(child(link, 'parameters'))) {
      parameters[parameter] = typeof value === 'string' ? value : JSON.stringify(value ?? null);
    }
    links.push({ name, operation: operation.id, parameters, requestBody: child(link, 'requestBody').value });
  }
  return links;
}

function target(
  link: Place,
  { references }: Reading,
  operations: ResolveOperation,
): { readonly id: string } | { readonly problem: string } {
  const operationId = child(link, 'operationId').value;
  if (typeof operationId === 'string') {
    const id = operations.byId(operationId);
    return id === null ? { problem: `there is no operation \`${operationId}\`` } : { id };
  }
  const reference = child(link, 'operationRef');
  if (typeof reference.value !== 'string') return { problem: 'it has neither `operationId` nor `operationRef`' };
  const found = references.resolve(reference.value, reference);
  if ('problem' in found) return found;
  const id = operations.byPlace(found.place);
  return id === null ? { problem: `\`${reference.value}\` is not an operation` } : { id };
}
