import type { Contract, ListOperation, Operation, Resource } from '../vocabulary/operation.ts';
import type { SoapEffect } from '../vocabulary/soap.ts';
import { findIdPointer, idProperty, isReferenceTo } from './identity.ts';
import { isSameNoun, wordsOf } from './nouns.ts';
import { findPagination } from './pagination.ts';
import type { LocatedResource } from './resources.ts';
import { itemsOf, propertiesOf, successSchema } from './schema-view.ts';
import { appendToken } from '../openapi/source/pointer.ts';

/** What the operations over SOAP speak of, by the verbs and nouns of their names: `createOrder`, `getOrder`, `listOrders` are one resource. */
export function findSoapResources(contract: Contract, taken: ReadonlySet<string>): readonly LocatedResource[] {
  const groups: { noun: string; operations: Operation[] }[] = [];
  for (const operation of contract.operations) {
    if (operation.soap === null || operation.soap.effect === 'other') continue;
    const { noun } = operation.soap;
    const group = groups.find((each) => isSameNoun(each.noun, noun));
    if (group === undefined) groups.push({ noun, operations: [operation] });
    else group.operations.push(operation);
  }
  return groups.map(({ noun, operations }) => {
    const by = (effect: SoapEffect) => operations.find(({ soap }) => soap?.effect === effect) ?? null;
    const item = (effect: SoapEffect) => {
      const found = operations.filter(
        ({ soap, parameters }) => soap?.effect === effect && parameters.some(isIdentifier),
      );
      return found[0] ?? null;
    };
    const create = by('create') ?? makerOf(noun, contract);
    const read = item('read');
    const parameter =
      [read, item('update'), item('remove')].flatMap((each) => each?.parameters.find(isIdentifier)?.name ?? [])[0] ??
      null;
    const same = (operation: Operation | null) =>
      operation?.parameters.some((each) => isIdentifier(each) && each.name === parameter) === true
        ? operation.id
        : null;
    const resource: Resource = {
      name: taken.has(noun) ? `${noun} (SOAP)` : noun,
      create: create?.id ?? null,
      read: same(read),
      replace: same(item('update')),
      patch: null,
      remove: same(item('remove')),
      lists: operations.flatMap((operation) => listOf(operation, noun, contract) ?? []),
      idParameter: parameter,
      idPointer: create === null ? null : findIdPointer(create, read, noun, parameter, contract.definitions),
    };
    return { resource, keys: new Set<string>(), noun, depth: 1 };
  });
}

/**
 * What makes a thing under another verb: `reserve` answers a `Reservation` with its `ReservationId`, which whoever asks does not know yet. An operation
 * that takes that id acts on a thing that is there already.
 */
function makerOf(noun: string, contract: Contract): Operation | null {
  const { definitions } = contract;
  const makers = contract.operations.filter((operation) => {
    const answer = successSchema(operation);
    if (operation.soap?.effect !== 'other' || answer === null) return false;
    const id = idProperty(answer, noun, null, definitions);
    const named = isSameNoun(operation.soap.output?.path.at(-1) ?? '', noun);
    if (id === null || !(named || (wordsOf(id).length > 1 && isReferenceTo(id, noun)))) return false;
    const [body] = operation.requestBody?.content ?? [];
    const asked = body === undefined ? [] : [...propertiesOf(body.schema, definitions).keys()];
    return ![...asked, ...operation.parameters.map(({ name }) => name)].some(
      (name) => name === id || isReferenceTo(name, noun),
    );
  });
  return makers.length === 1 ? (makers[0] ?? null) : null;
}

function isIdentifier({ in: place, pointer }: Operation['parameters'][number]): boolean {
  return place === 'path' && pointer !== undefined;
}

function listOf(operation: Operation, noun: string, contract: Contract): ListOperation | null {
  const schema = operation.soap?.effect === 'list' ? successSchema(operation) : null;
  if (schema === null) return null;
  const lists = [...propertiesOf(schema, contract.definitions)].filter(
    ([, each]) => itemsOf(each, contract.definitions) !== null,
  );
  const found = lists.find(([name]) => isSameNoun(name, noun)) ?? (lists.length === 1 ? lists[0] : undefined);
  if (found === undefined) return null;
  return {
    operation: operation.id,
    items: appendToken('', found[0]),
    pagination: findPagination(operation, schema, contract.definitions),
  };
}
