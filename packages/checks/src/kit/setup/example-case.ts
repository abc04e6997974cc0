import type { Contract, Operation, RequestCase } from '@assay/contract';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';

/** The case with the body that the contract itself gives as an example; null when it gives none, or one that breaks its own schema. */
export function exampleCase(contract: Contract, operation: Operation, like: RequestCase): RequestCase | null {
  const content = jsonContentOf(operation);
  const example = content?.examples.find((value) => isValidBody(contract, operation, value));
  return content === null || example === undefined
    ? null
    : { ...like, body: { mediaType: content.mediaType, value: example } };
}
