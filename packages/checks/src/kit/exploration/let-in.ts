import type { Exchange, Operation } from '@assay/contract';
import { isGranted } from '../answers/granted.ts';

/**
 * Whether a request that the contract forbids was let in. An operation for which no refusal is documented may say it in the body of a success, as
 * some backends do for everything.
 */
export function isLetIn(exchange: Exchange, { responses }: Operation): boolean {
  const code = exchange.response?.status;
  if (code === undefined || code >= 300) return false;
  return isGranted(exchange) || responses.some(({ status }) => status.startsWith('4') || status === 'default');
}
