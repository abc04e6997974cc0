import type { Exchange, RequestSpec } from '@assay/contract';

type SendOptions = { readonly timeoutMs?: number; readonly signal?: AbortSignal };

/** After how many requests in a row that were waited out a silent operation is waited for no longer than this. */
const waitedOut = 2;
const shortMs = 5000;

/** How often in a row an operation gave no answer in the usual time, for each instance. */
const silences = new WeakMap<object, Map<string, number>>();

/**
 * Sends a request, and waits less for an operation that let the last ones wait in vain: one that never answers would use up the time of all others.
 * A check that says how long it waits is not interfered with.
 */
export async function withPatience(
  instance: object,
  request: RequestSpec,
  options: SendOptions | undefined,
  send: (request: RequestSpec, options: SendOptions) => Promise<Exchange>,
): Promise<Exchange> {
  if (options?.timeoutMs !== undefined) return send(request, options);
  const counts = silences.get(instance) ?? new Map<string, number>();
  silences.set(instance, counts);
  const key = request.operation ?? `${request.method} ${request.target.split('?')[0]}`;
  const before = counts.get(key) ?? 0;
  const exchange = await send(request, { ...options, ...(before < waitedOut ? {} : { timeoutMs: shortMs }) });
  counts.set(key, exchange.error?.kind === 'timeout' ? before + 1 : 0);
  return exchange;
}
