import type { Exchange } from '@assay/contract';
import { status } from '../words.ts';

/** Of a request that its owner may send: some answer 400 to whoever may not. */
export function isDenied(exchange: Exchange): boolean {
  return [400, 401, 403, 404].includes(status(exchange) ?? 0);
}
