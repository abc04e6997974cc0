import { bodyJson, type Instance, type Json, type ProbeContext } from '@assay/contract';
import { sendingThrough } from '../identity/sending-through.ts';
import { isSuccess, status } from '../words.ts';
import { connectionsAtRest, connectionsOf } from './connection-count.ts';
import type { RefusedRequest } from './refusals-so-far.ts';

/** An instance on which it is looked, after each request that was not answered with success, whether a connection stays in a transaction. */
export interface Watching {
  readonly instance: Instance;
  /** Those after which a connection stayed in a transaction, though nothing else was in flight, since this was asked the last time. */
  left(): readonly RefusedRequest[];
  /** What was told by answers of success, the last few of each operation. */
  told(): readonly Json[];
  /** How many requests were sent. */
  asked(): number;
}

/** How often it is waited for a transaction to end. */
const mostWaits = 6;
/** How many answers of each operation are kept. */
const mostTold = 3;

/**
 * Null where connections are in a transaction already, though nothing is in flight: some mappers begin one to read, and end it with the next request on the
 * same connection.
 */
export async function watching({ backend, signal }: ProbeContext): Promise<Watching | null> {
  if ((await connectionsAtRest(backend, signal)).inTransaction.length > 0) return null;
  const left: RefusedRequest[] = [];
  const told = new Map<string, readonly Json[]>();
  /** Those that are in a transaction and were told of: a worker of the backend's own may be one, and something else may be left after it. */
  let known: readonly number[] = [];
  let waits = 0;
  let asked = 0;
  const instance = sendingThrough(backend, async (request, options) => {
    asked += 1;
    const exchange = await backend.send(request, options);
    if (isSuccess(exchange)) {
      const body = bodyJson(exchange.response?.body) as Json | undefined;
      const by = request.operation ?? '';
      if (body !== undefined) told.set(by, [...(told.get(by) ?? []), body].slice(-mostTold));
      return exchange;
    }
    const code = status(exchange);
    if (request.operation === undefined || code === null || waits >= mostWaits || signal.aborted) return exchange;
    const { inTransaction } = await connectionsOf(backend);
    known = known.filter((pid) => inTransaction.includes(pid));
    if (inTransaction.length <= known.length) return exchange;
    waits += 1;
    const stuck = (await connectionsAtRest(backend, signal)).inTransaction;
    if (stuck.some((pid) => !known.includes(pid))) left.push({ operation: request.operation, request, status: code });
    known = stuck;
    return exchange;
  });
  return { instance, left: () => left.splice(0), told: () => [...told.values()].flat(), asked: () => asked };
}
