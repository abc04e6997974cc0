import type { Exchange } from '@assay/contract';
import { isSuccess } from '../words.ts';
import type { Probe } from './explore.ts';

/**
 * Whether a fault that blames the client may be about how things stand (`not enough in stock`) and not about the message. SOAP has one code for
 * both, and no status that tells them apart: it is of the message only where the operation takes no valid request at all, or refuses the smallest
 * one for the same reason.
 */
export function refusedAsThingsAre(exchange: Exchange, probes: readonly Probe[]): boolean {
  if (exchange.response?.fault?.blames !== 'client') return false;
  const valid = probes
    .filter((probe) => probe.operation === exchange.operation && probe.intent.kind === 'valid')
    .map((probe) => probe.exchange);
  if (!valid.some(isSuccess)) return false;
  const least = Math.min(...valid.map(sizeOf));
  const smallest = valid.filter((other) => sizeOf(other) === least);
  // The last of many may find that the stock is gone.
  return smallest.some(isSuccess) || !smallest.some((other) => reasonOf(other) === reasonOf(exchange));
}

function sizeOf({ request }: Exchange): number {
  return request.body !== undefined && 'text' in request.body ? request.body.text.length : Number.POSITIVE_INFINITY;
}

function reasonOf({ response }: Exchange): string {
  return response?.fault === undefined ? '' : `${response.fault.code} ${response.fault.reason}`;
}
