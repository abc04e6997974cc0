import type { Contract, ContractShape } from '../vocabulary/operation.ts';
import { findBindings } from './bindings.ts';
import { findResources } from './resources.ts';
import { findSignIn } from './sign-in.ts';
import { findSoapBindings } from './soap-bindings.ts';
import { findSoapResources } from './soap-resources.ts';

/**
 * What the operations of a contract have to do with each other, read from paths, schemas, links and names. What cannot be told for certain
 * is left null or out: a chain that is guessed wrong would blame the backend.
 *
 * A resource whose `create` is its `replace` is created by PUT under an id that the client chooses. A binding to the items of a list in a
 * body points at the first (`body:/authorIds/0`); a query parameter that is a list takes the id as its one item.
 */
export function inferShape(contract: Contract): ContractShape {
  const plain = { ...contract, operations: contract.operations.filter(({ soap }) => soap === null) };
  const located = findResources(plain);
  const enveloped = findSoapResources(contract, new Set(located.map(({ resource }) => resource.name)));
  return {
    resources: [...located, ...enveloped].map(({ resource }) => resource),
    bindings: { ...findBindings(plain, located), ...findSoapBindings(contract, located, enveloped) },
    signIn: findSignIn(plain),
  };
}
