import type { ContractShape } from '../vocabulary/operation.ts';

/**
 * The names of the resources so that each stands behind those its creation needs. Where resources need each other in a circle, they keep
 * the order of the contract.
 */
export function creationOrder(shape: ContractShape): readonly string[] {
  return ordered(
    shape,
    shape.resources.map(({ name }) => name),
  );
}

/** The resources that must exist before the operation can be called, in the order in which to create them. */
export function prerequisites(shape: ContractShape, operation: string): readonly string[] {
  return ordered(shape, [...new Set((shape.bindings[operation] ?? []).map(({ resource }) => resource))]);
}

/** Depth first, as in Tarjan's topological sort. */
function ordered(shape: ContractShape, wanted: readonly string[]): readonly string[] {
  const creates = new Map(shape.resources.map(({ name, create }) => [name, create]));
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name) || !creates.has(name)) return;
    seen.add(name);
    const create = creates.get(name) ?? null;
    for (const { resource } of create === null ? [] : (shape.bindings[create] ?? [])) visit(resource);
    order.push(name);
  };
  for (const name of wanted) visit(name);
  return order;
}
