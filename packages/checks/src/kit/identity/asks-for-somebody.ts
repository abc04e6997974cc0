import { type Contract, isEntrance, type Operation, type ProbeContext } from '@assay/contract';

/** Whether nobody may ask who is not signed in: each alternative of its security names a scheme. */
export function asksForSomebody(operation: Pick<Operation, 'security'>): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.length > 0);
}

/**
 * The same, where the contract may also say of no operation who may ask, though people sign up and in: then any but the entrances may. What the backend
 * shows has to prove it.
 */
export function mayAskForSomebody(operation: Operation, known: Pick<ProbeContext, 'contract' | 'shape'>): boolean {
  if (asksForSomebody(operation) || !isSilent(known)) return asksForSomebody(operation);
  const { signUp, login } = known.shape.signIn ?? {};
  return ![signUp?.operation, login?.operation].includes(operation.id) && !isEntrance(operation, known.contract);
}

/** Whether the contract says of no operation who may ask, though people sign up and in: many documents that code is annotated with are so. */
export function isSilent({ contract, shape }: Pick<ProbeContext, 'contract' | 'shape'>): boolean {
  return shape.signIn !== null && contract.operations.every(({ security }) => security.length === 0);
}

/** Whether the contract opens an operation to everybody: it says of others who may ask, and of this one nobody. */
export function isOpenToAll({ security }: Pick<Operation, 'security'>, { operations }: Contract): boolean {
  return !namesSomebody(security) && operations.some((one) => namesSomebody(one.security));
}

function namesSomebody(security: Operation['security']): boolean {
  return security.some((alternative) => alternative.length > 0);
}
