import { type Exchange, responseHeaderOf } from '@assay/contract';

/** A response that says how long it may be kept may be older than what it tells. */
export function mayBeStale(exchange: Exchange): boolean {
  const control = responseHeaderOf(exchange, 'cache-control') ?? '';
  if (responseHeaderOf(exchange, 'age') !== undefined) return true;
  return (
    /(max-age|s-maxage|stale-while-revalidate)\s*=\s*"?[1-9]/i.test(control) && !/no-store|no-cache/i.test(control)
  );
}
