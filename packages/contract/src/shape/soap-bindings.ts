import type { Binding, Contract } from '../vocabulary/operation.ts';
import { findBindings } from './bindings.ts';
import { isSameNoun } from './nouns.ts';
import { ResourceIndex } from './resource-index.ts';
import type { LocatedResource } from './resources.ts';

/**
 * What each operation over SOAP needs to exist first. A contract with two faces may create over one what the other refers to, so what SOAP does
 * not create is looked for among the others.
 */
export function findSoapBindings(
  contract: Contract,
  plain: readonly LocatedResource[],
  enveloped: readonly LocatedResource[],
): Readonly<Record<string, readonly Binding[]>> {
  const operations = contract.operations.filter(({ soap }) => soap !== null);
  if (operations.length === 0) return {};
  const creatable = enveloped.filter(({ resource }) => resource.create !== null);
  const others = plain.filter((each) => !creatable.some(({ noun }) => isSameNoun(noun, each.noun)));
  const known = [...creatable, ...others];
  const inside = findBindings({ ...contract, operations }, known);
  const index = new ResourceIndex(known);
  const result: Record<string, readonly Binding[]> = {};
  for (const operation of operations) {
    const own = enveloped.find(({ resource }) =>
      [resource.read, resource.replace, resource.patch, resource.remove].includes(operation.id),
    );
    const identifying = operation.parameters
      .filter((parameter) => parameter.in === 'path' && parameter.pointer !== undefined)
      .flatMap(({ name }): Binding[] => {
        const found = own?.resource.idParameter === name ? own : index.byReference(name);
        return found === null || found.resource.create === null
          ? []
          : [{ target: `path:${name}`, resource: found.resource.name }];
      });
    const bindings = [...identifying, ...(inside[operation.id] ?? [])];
    if (bindings.length > 0) result[operation.id] = bindings;
  }
  return result;
}
