import type { Instance, RequestSpec } from '@assay/contract';
import { sendingThrough } from '../identity/sending-through.ts';
import { isSuccess, status } from '../words.ts';

/** A request that was answered, and not with success. */
export interface RefusedRequest {
  readonly operation: string;
  readonly request: RequestSpec;
  readonly status: number;
}

/** An instance that remembers the requests that it refused: the last of each operation and status. */
export interface Remembering {
  readonly instance: Instance;
  /** The newest first. */
  refused(): readonly RefusedRequest[];
}

/** @param timeoutMs how long an answer is waited for where nobody says so: what waits for a connection that never comes waits for ever */
export function rememberingRefusals(backend: Instance, timeoutMs: number): Remembering {
  const refused = new Map<string, RefusedRequest>();
  const instance = sendingThrough(backend, async (request, options) => {
    const exchange = await backend.send(request, { timeoutMs, ...options });
    const code = status(exchange);
    const { operation } = request;
    if (operation !== undefined && code !== null && !isSuccess(exchange)) {
      const key = `${operation} ${code}`;
      refused.delete(key);
      refused.set(key, { operation, request, status: code });
    }
    return exchange;
  });
  return { instance, refused: () => [...refused.values()].reverse() };
}
