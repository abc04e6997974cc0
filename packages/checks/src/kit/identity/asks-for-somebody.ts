import type { Contract, Operation } from '@assay/contract';

/** Whether nobody may ask who is not signed in: each alternative of its security names a scheme. */
export function asksForSomebody(operation: Pick<Operation, 'security'>): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.length > 0);
}

/** Whether the contract opens an operation to everybody: it says of others who may ask, and of this one nobody. */
export function isOpenToAll({ security }: Pick<Operation, 'security'>, { operations }: Contract): boolean {
  return !namesSomebody(security) && operations.some((one) => namesSomebody(one.security));
}

function namesSomebody(security: Operation['security']): boolean {
  return security.some((alternative) => alternative.length > 0);
}
