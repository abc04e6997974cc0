import type { Contract, ContractShape } from '@assay/contract';

/** What of a contract is spoken over plain HTTP. A check whose claim has no meaning over SOAP sees this alone. */
export function overHttp({ contract, shape }: { readonly contract: Contract; readonly shape: ContractShape }): {
  readonly contract: Contract;
  readonly shape: ContractShape;
} {
  const enveloped = new Set(contract.operations.filter(({ soap }) => soap !== null).map(({ id }) => id));
  if (enveloped.size === 0) return { contract, shape };
  return {
    contract: { ...contract, operations: contract.operations.filter(({ id }) => !enveloped.has(id)) },
    shape: {
      ...shape,
      resources: shape.resources.filter(({ create, read, replace, patch, remove, lists }) =>
        [create, read, replace, patch, remove, ...lists.map(({ operation }) => operation)].every(
          (id) => id === null || !enveloped.has(id),
        ),
      ),
    },
  };
}
