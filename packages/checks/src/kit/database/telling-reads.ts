import type { ContractShape, Exchange, Statement } from '@assay/contract';
import { itemsOf } from '../answers/list-walk.ts';
import type { ReadRequest } from '../setup/read-requests.ts';

/**
 * The statements of a request that read, without those for a choice that nothing was given, be it one of the request's own or one that is always made, such
 * as what is published: what finds no row in many copies of a few rows says nothing of how many there are where the backend is used.
 */
export function tellingReads(
  shape: ContractShape,
  { operation, by, isChoice }: ReadRequest,
  exchange: Exchange,
  statements: readonly Statement[],
): readonly Statement[] {
  const reads = statements.filter(({ command }) => command === 'SELECT');
  if (!isChoice && by !== null) return reads;
  const list = shape.resources.flatMap(({ lists }) => lists).find((each) => each.operation === operation);
  const isEmpty = list !== undefined && itemsOf(list, exchange)?.length === 0;
  return isEmpty ? [] : reads.filter(({ rows }) => !isChoice || rows !== 0);
}
