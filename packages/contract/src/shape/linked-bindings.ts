import { appendToken } from '../openapi/source/pointer.ts';
import type { Binding, Contract, Operation, ResponseLink } from '../vocabulary/operation.ts';
import { idProperty } from './identity.ts';
import type { LocatedResource } from './resources.ts';
import { successes, successSchema } from './schema-view.ts';

/**
 * What the links of the contract say: a link in the response that creates or reads a thing, which hands the thing's id to a parameter of
 * another operation.
 */
export function linkedBindings(
  contract: Contract,
  resources: readonly LocatedResource[],
): ReadonlyMap<string, readonly Binding[]> {
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const found = new Map<string, Binding[]>();
  for (const { resource, noun } of resources) {
    const create = operations.get(resource.create ?? '');
    const read = operations.get(resource.read ?? '');
    const body = read === undefined ? null : successSchema(read);
    const readId = body === null ? null : idProperty(body, noun, resource.idParameter, contract.definitions);
    const sources = [
      // In the path of the request that creates it, a thing has no id yet.
      { operation: create, idPointer: resource.idPointer, idParameter: null },
      {
        operation: read,
        idPointer: readId === null ? null : appendToken('', readId),
        idParameter: resource.idParameter,
      },
    ];
    for (const { operation, idPointer, idParameter } of sources) {
      for (const link of operation === undefined ? [] : successes(operation).flatMap(({ links }) => links)) {
        const target = operations.get(link.operation);
        if (target === undefined) continue;
        const list = found.get(target.id) ?? [];
        for (const binding of handedOver(link, target, { resource: resource.name, idPointer, idParameter })) {
          if (!list.some((other) => other.target === binding.target)) list.push(binding);
        }
        found.set(target.id, list);
      }
    }
  }
  return found;
}

interface Handed {
  readonly resource: string;
  readonly idPointer: string | null;
  readonly idParameter: string | null;
}

function handedOver(
  link: ResponseLink,
  target: Operation,
  { resource, idPointer, idParameter }: Handed,
): readonly Binding[] {
  return Object.entries(link.parameters).flatMap(([key, written]) => {
    const expression = written.replace(/^\{(.*)\}$/, '$1');
    const pointer = /^\$response\.body#(\/.*)$/.exec(expression)?.[1];
    const fromPath = /^\$request\.path\.(.+)$/.exec(expression)?.[1];
    const isId =
      pointer !== undefined
        ? pointer === idPointer
        : fromPath !== undefined
          ? fromPath === idParameter
          : /^\$response\.header\.location$/i.test(expression);
    if (!isId) return [];
    const qualified = /^(path|query|header|cookie)\.(.+)$/.exec(key);
    const parameter = target.parameters.find(({ name, in: place }) =>
      qualified === null ? name === key : name === qualified[2] && place === qualified[1],
    );
    return parameter !== undefined && (parameter.in === 'path' || parameter.in === 'query')
      ? [{ target: `${parameter.in}:${parameter.name}`, resource }]
      : [];
  });
}
