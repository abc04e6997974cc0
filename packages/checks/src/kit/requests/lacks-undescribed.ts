import {
  type Contract,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type RecordedRequest,
  undescribedKeyword,
} from '@assay/contract';
import { listed, someBodySchema } from './schemas-at-value.ts';

/**
 * Whether a request lacks a property that `required` names and nothing describes. By the letter it is not valid; whether the name is a typing mistake, and
 * what the backend wants there, nobody can say.
 */
export function lacksUndescribed(request: RecordedRequest, operation: Operation, contract: Contract): boolean {
  return someBodySchema(request, operation, contract, lacks);
}

function lacks(schema: JsonObject, value: Json): boolean {
  return (
    isJsonObject(value) &&
    listed(schema[undescribedKeyword]).some((name) => typeof name === 'string' && !Object.hasOwn(value, name))
  );
}
