import type { Operation } from '@assay/contract';

/** Whether nobody may ask who is not signed in: each alternative of its security names a scheme. */
export function asksForSomebody(operation: Pick<Operation, 'security'>): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.length > 0);
}
