import type { Contract, Operation, RequestCase } from '@assay/contract';
import { type Json, valueAt } from '@assay/contract';
import { isValidBody } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';

/**
 * A binding to the items of a list points at the first: the others would refer to nothing, and the whole be refused for them. They are left out
 * where the contract allows it.
 * @param target `body:/lines/0/productId`
 */
export function onlyBound(contract: Contract, operation: Operation, request: RequestCase, target: string): RequestCase {
  const place = /^body:(.*?)\/0(?:\/|$)/.exec(target)?.[1];
  const body = request.body?.value as Json | undefined;
  if (place === undefined || body === undefined) return request;
  const list = place === '' ? body : valueAt(body, place);
  if (!Array.isArray(list) || list.length < 2) return request;
  const shorter = pinned(request, `body:${place}`, list.slice(0, 1) as Json);
  return isValidBody(contract, operation, (shorter.body?.value ?? null) as Json) ? shorter : request;
}
