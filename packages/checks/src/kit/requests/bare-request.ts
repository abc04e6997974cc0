import { type Contract, isJsonObject, type Json, type Operation, type RequestCase } from '@assay/contract';
import { isValidBody } from './json-body.ts';

/** A request without the members of its body that may be left out, so that their defaults hold. */
export function bareRequest(contract: Contract, operation: Operation, request: RequestCase): RequestCase {
  const value = request.body?.value as Json | undefined;
  if (request.body === undefined || value === undefined || !isJsonObject(value)) return request;
  let bare = value;
  for (const name of Object.keys(value)) {
    const { [name]: _, ...rest } = bare;
    if (isValidBody(contract, operation, rest)) bare = rest;
  }
  return { ...request, body: { ...request.body, value: bare } };
}
