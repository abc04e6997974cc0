import type { Binding, Contract, Operation, Schema } from '../vocabulary/operation.ts';
import { appendToken } from '../openapi/source/pointer.ts';
import { idProperty, isUuid } from './identity.ts';
import { IdTypes } from './id-types.ts';
import { linkedBindings } from './linked-bindings.ts';
import { haveSameNoun, wordsOf } from './nouns.ts';
import { keyOf, segmentsOf } from './path-segments.ts';
import { ResourceIndex } from './resource-index.ts';
import { isClientChosen, type LocatedResource } from './resources.ts';
import { type Definitions, isReadOnly, isScalar, itemsOf, jsonContent, propertiesOf } from './schema-view.ts';

const bodyDepth = 3;

/** What each operation needs of resources made before. What a link of the contract says comes before what names suggest. */
export function findBindings(
  contract: Contract,
  resources: readonly LocatedResource[],
): Readonly<Record<string, readonly Binding[]>> {
  const linked = linkedBindings(contract, resources);
  const index = new ResourceIndex(resources);
  const ids = new IdTypes(contract, resources);
  const result: Record<string, readonly Binding[]> = {};
  for (const operation of contract.operations) {
    const own = linked.get(operation.id) ?? [];
    const inferred = [
      ...pathBindings(operation, index),
      ...queryBindings(operation, index, ids, contract.definitions),
      ...bodyBindings(operation, index, ids, contract.definitions),
    ];
    const bindings = [...own, ...inferred.filter(({ target }) => !own.some((other) => other.target === target))];
    if (bindings.length > 0) result[operation.id] = bindings;
  }
  return result;
}

function pathBindings(operation: Operation, index: ResourceIndex): readonly Binding[] {
  const segments = segmentsOf(operation.path);
  return segments.flatMap((segment, position) => {
    if (segment.kind !== 'parameter') return [];
    const before = segments[position - 1];
    const elsewhere = before?.kind === 'fixed' ? index.byNoun(wordsOf(before.text)) : null;
    const named = elsewhere?.resource.idParameter === segment.name ? elsewhere : null;
    const here = index.at(keyOf(segments.slice(0, position)));
    const referred = index.byReference(segment.name);
    // `/balances/{accountId}`: what has no creation of its own may borrow the id of what has.
    const borrowed =
      here?.resource.create === null && referred !== null && referred.resource.create !== null ? referred : null;
    const found = borrowed ?? here ?? referred ?? named;
    if (found === null || (position === segments.length - 1 && isClientChosen(operation, found.resource))) return [];
    return [{ target: `path:${segment.name}`, resource: found.resource.name }];
  });
}

function queryBindings(
  operation: Operation,
  index: ResourceIndex,
  ids: IdTypes,
  definitions: Definitions,
): readonly Binding[] {
  const here = index.at(keyOf(segmentsOf(operation.path)));
  return operation.parameters.flatMap((parameter) => {
    if (parameter.in !== 'query' || !holdsIds(parameter.schema, definitions)) return [];
    const named = index.byNoun(wordsOf(parameter.name));
    const found = /^_?ids?$/i.test(parameter.name)
      ? here
      : (index.byReference(parameter.name) ?? (named !== null && ids.isIdOf(named, parameter.schema) ? named : null));
    return found === null ? [] : [{ target: `query:${parameter.name}`, resource: found.resource.name }];
  });
}

function holdsIds(schema: Schema, definitions: Definitions): boolean {
  return isScalar(schema, definitions) || isScalar(itemsOf(schema, definitions) ?? undefined, definitions);
}

function bodyBindings(
  operation: Operation,
  index: ResourceIndex,
  ids: IdTypes,
  definitions: Definitions,
): readonly Binding[] {
  const content = operation.requestBody === null ? null : jsonContent(operation.requestBody.content);
  if (content === null) return [];
  const found: Binding[] = [];
  const visit = (schema: Schema, pointer: string, depth: number): void => {
    const item = itemsOf(schema, definitions);
    if (item !== null && depth < bodyDepth) visit(item, `${pointer}/0`, depth + 1);
    for (const [name, property] of propertiesOf(schema, definitions)) {
      if (isReadOnly(property, definitions)) continue;
      const at = appendToken(pointer, name);
      const binding = bodyBinding(operation, name, property, at, index, ids, definitions);
      if (binding !== null) found.push(binding);
      else if (depth < bodyDepth) visit(property, at, depth + 1);
    }
  };
  visit(content.schema, '', 0);
  return found;
}

/**
 * `accountId`, `authorIds` (its first item), `account: { id }`, and `account` where that is a UUID, or an integer as the account's own id is; `owner: { id }` as well,
 * where it has the very definition by which accounts are read.
 */
function bodyBinding(
  operation: Operation,
  name: string,
  schema: Schema,
  at: string,
  index: ResourceIndex,
  ids: IdTypes,
  definitions: Definitions,
): Binding | null {
  const items = itemsOf(schema, definitions);
  const value = items ?? schema;
  const target = `body:${at}${items === null ? '' : '/0'}`;
  const referred = isScalar(value, definitions) ? index.byReference(name) : null;
  // In the body that creates it, a thing's own id is what the client calls it.
  if (
    referred !== null &&
    referred.resource.create === operation.id &&
    haveSameNoun(wordsOf(name).slice(0, -1), wordsOf(referred.noun))
  )
    return null;
  if (referred !== null) return { target, resource: referred.resource.name };
  const named = index.byNoun(wordsOf(name)) ?? ids.byDefinition(value);
  if (named === null) {
    const alike = ids.byShape(value);
    return alike === null || alike.resource.create === operation.id ? null : { target, resource: alike.resource.name };
  }
  if (named.resource.create === operation.id) return null;
  if (isUuid(value, definitions) || ids.isIdOf(named, value)) return { target, resource: named.resource.name };
  const properties = propertiesOf(value, definitions);
  // A whole object of its own is a thing to make, not a thing to point at: only one that holds little besides the id refers.
  const id =
    properties.size > 0 && properties.size <= 2
      ? idProperty(value, named.noun, named.resource.idParameter, definitions)
      : null;
  if (id === null || isReadOnly(properties.get(id), definitions)) return null;
  return { target: `body:${appendToken(`${at}${items === null ? '' : '/0'}`, id)}`, resource: named.resource.name };
}
