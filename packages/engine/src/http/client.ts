import { setTimeout as pause } from 'node:timers/promises';
import {
  Fault,
  type Exchange,
  type RawOptions,
  type RawReply,
  type RecordedRequest,
  type RequestSpec,
} from '@assay/contract';
import { Attempt, type Limits, type Outcome } from './attempt.ts';
import { recordBody } from './body.ts';
import { Connection } from './connection.ts';
import type { Connect } from './open-socket.ts';
import { sendRaw } from './raw.ts';

export interface HttpClientOptions {
  /** Opens a connection to the backend. */
  readonly connect: Connect;
  /** The host and port for the Host header: `127.0.0.1:8080`. */
  readonly authority: string;
  /** Milliseconds since the start of the run. */
  readonly now: () => number;
  /** The next exchange's id: `e-1`, `e-2` … */
  readonly nextId: () => string;
  /** What is written into each exchange: the check that sends it now, and the instance that is asked. */
  readonly label: () => { readonly check: string; readonly instance: string };
  /** Told of every exchange when it is over. */
  readonly record?: (exchange: Exchange) => void;
  /** Default 30 s. */
  readonly timeoutMs?: number;
  /** Default: 8 MiB are read, 1 MiB is kept. */
  readonly limits?: Limits;
}

export interface SendOptions {
  /** From the send to the last byte of the response. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface HttpClient {
  /**
   * Sends one request, exactly as given, over a pooled connection. Never throws for what the backend does; throws `internal` when
   * the request itself cannot be put on the wire (control characters in a header) or this machine refuses a connection.
   */
  send(request: RequestSpec, options?: SendOptions): Promise<Exchange>;
  /** Opens a connection of its own and sends bytes as they are. */
  raw(bytes: Uint8Array, options?: RawOptions): Promise<RawReply>;
  /** Closes every connection; what is under way ends as `aborted`. */
  close(): Promise<void>;
}

/**
 * How long the first connection is watched after its first response. A server that closes without having said `Connection:
 * close` would otherwise meet the next request half-way, and that request would seem to have been dropped.
 */
const observationMs = 25;

/** Methods whose repetition changes nothing (RFC 9110, 9.2.1). */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

const defaultLimits: Limits = { readBytes: 8 * 1024 * 1024, keepBytes: 1024 * 1024 };

export function createHttpClient(options: HttpClientOptions): HttpClient {
  return new PooledClient(options);
}

/** Statuses of requests that a server need not have read to the end. */
const unreadStatuses: ReadonlySet<number> = new Set([408, 411, 413, 414, 431]);
/** A body that is refused before all of it has come. Characters or bytes. */
const longBody = 65_536;

/** A server that has just failed, or has not read a request to its end, is likely to close the connection without saying so, and the next request would meet the close. */
function isLikelyClosed(status: number, { body }: RequestSpec): boolean {
  return status >= 500 || unreadStatuses.has(status) || (status >= 400 && (body?.length ?? 0) > longBody);
}

class PooledClient implements HttpClient {
  readonly #options: HttpClientOptions;
  readonly #limits: Limits;
  readonly #idle: Connection[] = [];
  readonly #busy = new Map<Connection, Attempt>();
  readonly #closing = new AbortController();
  /** False for a server that closes connections unannounced: each request then has its own. */
  #keepsAlive = true;
  #observation: Promise<void> | null = null;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultLimits;
  }

  async send(spec: RequestSpec, options: SendOptions = {}): Promise<Exchange> {
    await this.#observation;
    if (this.#closing.signal.aborted) throw new Fault('internal', 'The HTTP client has been closed.');
    const id = this.#options.nextId();
    const label = this.#options.label();
    const startedAt = this.#options.now();
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? 30_000;
    const deadline = performance.now() + timeoutMs;
    let outcome = await this.#attempt(this.#idle.pop() ?? this.#open(), spec, deadline, timeoutMs, options.signal);
    if ('error' in outcome && outcome.staleConnection && (outcome.unsent || safeMethods.has(spec.method))) {
      // The server closed an idle connection while we wrote: its right, and not this request's failure. A second one counts.
      const again = await this.#attempt(this.#open(), spec, deadline, timeoutMs, options.signal);
      if ('response' in again) outcome = again;
    }
    const exchange: Exchange = {
      id,
      ...(spec.operation === undefined ? {} : { operation: spec.operation }),
      ...label,
      request: this.#recordRequest(spec),
      ...('response' in outcome ? { response: outcome.response } : { error: outcome.error }),
      startedAt,
      durationMs: this.#options.now() - startedAt,
    };
    this.#options.record?.(exchange);
    return exchange;
  }

  raw(bytes: Uint8Array, options: RawOptions = {}): Promise<RawReply> {
    const signals = [this.#closing.signal, ...(options.signal === undefined ? [] : [options.signal])];
    return sendRaw(
      this.#options.connect,
      bytes,
      { ...options, signal: AbortSignal.any(signals) },
      this.#limits.readBytes,
    );
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const connection of this.#idle.splice(0)) connection.destroy();
    for (const [connection, attempt] of this.#busy) {
      attempt.giveUp({ kind: 'aborted', message: 'The client was closed.' });
      connection.destroy();
    }
  }

  #open(): Connection {
    return new Connection(this.#options.connect, this.#options.authority);
  }

  async #attempt(
    connection: Connection,
    spec: RequestSpec,
    deadline: number,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const attempt = new Attempt(connection, this.#limits);
    this.#busy.set(connection, attempt);
    const onTime = () => attempt.giveUp({ kind: 'timeout', message: `No whole response came within ${timeoutMs} ms.` });
    const onAbort = () => attempt.giveUp({ kind: 'aborted', message: 'The wait for the response was ended.' });
    const timer = setTimeout(onTime, Math.max(0, deadline - performance.now()));
    signal?.addEventListener('abort', onAbort);
    let isGood = false;
    try {
      if (signal?.aborted) onAbort();
      else void attempt.send(spec, !this.#keepsAlive);
      const outcome = await attempt.outcome;
      isGood = 'response' in outcome && !outcome.unended && !isLikelyClosed(outcome.response.status, spec);
      return outcome;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#busy.delete(connection);
      if (isGood && this.#keepsAlive && !connection.client.destroyed && !this.#closing.signal.aborted) {
        this.#idle.push(connection);
        this.#observation ??= this.#observe(connection);
      } else {
        connection.destroy();
      }
    }
  }

  /** Once, after the first response of all: does the server keep a connection that it has not announced to close? */
  async #observe(connection: Connection): Promise<void> {
    await pause(observationMs);
    if (!connection.closedByServer) return;
    this.#keepsAlive = false;
    for (const idle of this.#idle.splice(0)) idle.destroy();
  }

  #recordRequest(spec: RequestSpec): RecordedRequest {
    const { method, target, headers = [], body } = spec;
    if (body === undefined) return { method, target, headers };
    const bytes =
      typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    return { method, target, headers, body: recordBody(bytes, bytes.length, this.#limits.keepBytes) };
  }
}
