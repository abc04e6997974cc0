import type { Contract, ContractShape } from '../vocabulary/operation.ts';
import { findBindings } from './bindings.ts';
import { findResources } from './resources.ts';

/**
 * What the operations of a contract have to do with each other, read from paths, schemas, links and names. What cannot be told for certain
 * is left null or out: a chain that is guessed wrong would blame the backend.
 *
 * A resource whose `create` is its `replace` is created by PUT under an id that the client chooses. A binding to the items of a list in a
 * body points at the first (`body:/authorIds/0`); a query parameter that is a list takes the id as its one item.
 */
export function inferShape(contract: Contract): ContractShape {
  const located = findResources(contract);
  return {
    resources: located.map(({ resource }) => resource),
    bindings: findBindings(contract, located),
    signIn: null,
  };
}
