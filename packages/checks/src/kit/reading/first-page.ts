import type { Contract, ListOperation, RequestSpec } from '@assay/contract';
import { withQuery } from '../answers/list-walk.ts';
import { allowedLimit } from '../answers/page-limit.ts';
import { operationOf } from '../requests/cases.ts';

interface FirstPage {
  readonly first: RequestSpec;
  /** How many items a page then has, but for the last. */
  readonly limit: number;
}

/** The request for a list's first page, with as many items as are wanted, or as near to that as the contract allows: more may be refused. */
export function firstPage(contract: Contract, list: ListOperation, request: RequestSpec, wanted: number): FirstPage {
  const name = list.pagination?.limit ?? null;
  if (name === null) return { first: request, limit: wanted };
  const limit = allowedLimit(contract, operationOf(contract, list.operation), name, wanted);
  return { first: withQuery(request, { [name]: limit }), limit };
}
