import type { ContractShape, Resource } from '@assay/contract';

/** Whether no request ever names such a thing by its id: it has no address and no list, and nothing refers to it (an account that is signed up). */
export function isNeverNamed({ bindings }: Pick<ContractShape, 'bindings'>, resource: Resource): boolean {
  const { name, read, replace, patch, remove, lists } = resource;
  return (
    [read, replace, patch, remove].every((operation) => operation === null) &&
    lists.length === 0 &&
    !Object.values(bindings).some((targets) => targets.some((target) => target.resource === name))
  );
}
