import type { Body, HeaderFields, RecordedResponse, RequestSpec } from '@assay/contract';
import { headerOf } from '@assay/contract';
import type { Dispatcher } from 'undici';
import { recordBody } from './body.ts';
import type { Connection } from './connection.ts';
import { classify, type TransportError } from './transport-error.ts';

export interface Limits {
  /** A longer response body is not read to its end: `too-large`. */
  readonly readBytes: number;
  /** How much of a body is kept. */
  readonly keepBytes: number;
}

export type Outcome =
  | {
      readonly response: RecordedResponse;
      /** It was left while it still came, as a stream of events always does: the connection is not good for another request. */
      readonly unended: boolean;
    }
  | {
      readonly error: TransportError;
      /** The connection had served before, and was closed without a byte of a response. */
      readonly staleConnection: boolean;
      /** No byte of the request can have reached the backend. */
      readonly unsent: boolean;
    };

/** How long a stream of events is listened to. Most never end, and what they are is seen from their beginning. */
const streamMs = 3000;

/** One request on one connection, up to the last byte of its response. */
export class Attempt implements Dispatcher.DispatchHandler {
  readonly outcome: Promise<Outcome>;
  readonly #connection: Connection;
  readonly #limits: Limits;
  readonly #resolve: (outcome: Outcome) => void;
  readonly #reject: (error: unknown) => void;
  #sent = false;
  #reused = false;
  #bytesReadBefore = 0;
  #status: number | null = null;
  #reason = '';
  #headers: HeaderFields = [];
  readonly #chunks: Buffer[] = [];
  #bodyBytes = 0;
  #keptBytes = 0;
  #enough: NodeJS.Timeout | undefined;

  constructor(connection: Connection, limits: Limits) {
    this.#connection = connection;
    this.#limits = limits;
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    this.outcome = promise;
    this.#resolve = (outcome) => {
      clearTimeout(this.#enough);
      resolve(outcome);
    };
    this.#reject = reject;
  }

  /** @param last true to announce that no other request follows on this connection. */
  send(request: RequestSpec, last: boolean): Promise<Outcome> {
    const { method, target, headers = [], body } = request;
    const options: Dispatcher.DispatchOptions = {
      method,
      path: target,
      headers: headers.flatMap(([name, value]) => [name, value]),
      ...(last ? { reset: true } : {}),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? Buffer.from(body) : body }),
    };
    this.#connection.client.dispatch(options, this);
    return this.outcome;
  }

  /** Ends the wait; what comes later is not looked at. What has come of a stream of events is its response. */
  giveUp(error: TransportError): void {
    if (error.kind === 'timeout' && this.#isStream()) this.#leave();
    else this.#fail(error);
  }

  #isStream(): boolean {
    return /^text\/event-stream\b/i.test(headerOf(this.#headers, 'content-type') ?? '');
  }

  #leave(): void {
    this.#answer({ ...this.#body(), truncatedFrom: this.#bodyBytes }, true);
  }

  onRequestStart(): void {
    this.#sent = true;
    this.#reused = this.#connection.served > 0;
    this.#bytesReadBefore = this.#connection.socket?.bytesRead ?? 0;
    this.#connection.begin();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _headers: unknown, reason?: string): void {
    if (status < 200) return;
    this.#status = status;
    this.#reason = reason ?? '';
    this.#headers = readHeaders(controller.rawHeaders);
    if (this.#isStream()) this.#enough = setTimeout(() => this.#leave(), streamMs);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bodyBytes += chunk.length;
    if (this.#keptBytes < this.#limits.keepBytes + 1) {
      this.#chunks.push(chunk);
      this.#keptBytes += chunk.length;
    }
    if (this.#bodyBytes > this.#limits.readBytes) {
      if (this.#isStream()) return this.#leave();
      const message = `The body of the response (status ${this.#status}) is longer than ${this.#limits.readBytes} bytes.`;
      this.#fail({ kind: 'too-large', message });
    }
  }

  onResponseEnd(): void {
    // After this piece of input has been parsed to its end: there may be more in it than the response.
    queueMicrotask(() => this.#finish());
  }

  /** CONNECT: whatever the status, undici hands the connection over after the header. */
  onRequestUpgrade(controller: Dispatcher.DispatchController, status: number): void {
    this.onResponseStart(controller, status, null, '');
    this.#connection.destroy();
    this.#finish();
  }

  onResponseError(_controller: unknown, error: Error): void {
    try {
      this.#fail(this.#classify(error), error);
    } catch (fault) {
      this.#reject(fault);
    }
  }

  #classify(error: Error): TransportError {
    return classify(error, {
      sent: this.#sent,
      status: this.#status,
      bodyBytes: this.#bodyBytes,
      promisedBytes: this.#promisedBytes(),
    });
  }

  #fail(error: TransportError, cause?: Error): void {
    // Closed before the request was begun: it was taken for open, and nothing can have been sent.
    const neverBegun = !this.#sent && error.kind === 'refused' && this.#connection.served > 0;
    const nothingRead = (this.#connection.socket?.bytesRead ?? 0) === this.#bytesReadBefore;
    const staleConnection = neverBegun || (error.kind === 'reset' && this.#reused && nothingRead);
    const unsent = neverBegun || (staleConnection && cause !== undefined && 'code' in cause && cause.code === 'EPIPE');
    this.#resolve({ error, staleConnection, unsent });
  }

  #finish(): void {
    const broken = this.#connection.brokenBy;
    if (broken !== null) {
      this.#fail({ kind: 'overlong', message: this.#tooLong() });
      return;
    }
    this.#connection.served += 1;
    this.#answer(this.#body(), false);
  }

  #tooLong(): string {
    const promised = this.#promisedBytes();
    return promised === String(this.#bodyBytes)
      ? `The response (status ${this.#status}) is longer than its Content-Length: it said ${promised} bytes, and more came after them.`
      : `More came than the response (status ${this.#status}) announced: its length is wrong.`;
  }

  #promisedBytes(): string | null {
    return headerOf(this.#headers, 'content-length') ?? null;
  }

  #body(): Body {
    return recordBody(Buffer.concat(this.#chunks), this.#bodyBytes, this.#limits.keepBytes);
  }

  #answer(body: Body, unended: boolean): void {
    const response = { status: this.#status ?? 0, reason: this.#reason, headers: this.#headers, body };
    this.#resolve({ response, unended });
  }
}

function readHeaders(raw: Dispatcher.DispatchController['rawHeaders']): HeaderFields {
  if (!Array.isArray(raw)) return [];
  const fields: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) fields.push([text(raw[at]), text(raw[at + 1])]);
  return fields;
}

function text(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}
