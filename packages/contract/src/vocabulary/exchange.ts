import type { Identity } from './identity.ts';
import type { Json } from './json.ts';
import type { SoapFault } from './soap.ts';

/** Header fields in the order they were sent or received. Names keep their case on the wire; compare them in lower case. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/**
 * A message body. `text` when the bytes are valid UTF-8, `base64` otherwise; `truncatedFrom` is the whole length in bytes. `value` is what a
 * SOAP envelope says, as the operation's contract reads it.
 */
export type Body =
  | { readonly text: string; readonly truncatedFrom?: number; readonly value?: Json }
  | { readonly base64: string; readonly truncatedFrom?: number };

/** A request as a check describes it, before it is sent. */
export interface RequestSpec {
  readonly method: string;
  /** The request target: an absolute path with its query, percent-encoded, e.g. `/todos?limit=2`. */
  readonly target: string;
  readonly headers?: HeaderFields;
  readonly body?: string | Uint8Array;
  /** The operation this request exercises, when it exercises one. */
  readonly operation?: string;
  /**
   * The same request with other query parameters, for one that does not have them in its target but in a SOAP envelope. Null takes one out;
   * null for all of them takes out every one that may be left out.
   */
  readonly requery?: (values: Readonly<Record<string, Json>> | null) => RequestSpec;
  /** Who sends it; null: nobody. Without it, where the operation asks for authentication, the instance's usual identity. */
  readonly as?: Identity | null;
}

export interface RecordedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderFields;
  readonly body?: Body;
}

export interface RecordedResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderFields;
  /** Empty text when the response had no body. */
  readonly body: Body;
  /** The SOAP Fault that it holds. */
  readonly fault?: SoapFault;
}

/**
 * Why no response was read. `refused`: nothing listens. `reset`: closed before a whole response. `timeout`: no whole response
 * in time. `protocol`: what came back is not HTTP, or its framing is wrong. `too-large`: the body passed the reading limit.
 */
/** `protocol`: what came is not HTTP. `overlong`: it is, and goes on after the end that it said. `too-large`: it does not end. */
export type TransportErrorKind = 'refused' | 'reset' | 'timeout' | 'protocol' | 'overlong' | 'too-large' | 'aborted';

/** One request and its response, or the reason there was none. */
export interface Exchange {
  /** `e-1`, `e-2` … in the order of sending, unique within a run. */
  readonly id: string;
  readonly operation?: string;
  /** The check that sent it. */
  readonly check: string;
  /** The instance of the backend that was asked: `i-1`, `i-2` … */
  readonly instance: string;
  readonly request: RecordedRequest;
  readonly response?: RecordedResponse;
  /** How the same path, but for a slash at its end, had answered: with where this request was sent. */
  readonly movedFrom?: { readonly target: string; readonly status: number };
  readonly error?: { readonly kind: TransportErrorKind; readonly message: string };
  /** Milliseconds since the start of the run. */
  readonly startedAt: number;
  readonly durationMs: number;
}

/** The first value of a header field, or undefined. */
export function headerOf(headers: HeaderFields, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([field]) => field.toLowerCase() === wanted)?.[1];
}

/** The body as text; bytes that are not UTF-8 are shown as replacement characters. */
export function bodyText(body: Body | undefined): string {
  if (body === undefined) return '';
  return 'text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('utf8');
}

/** The body's value: parsed as JSON, or what its envelope says; undefined when it is neither, is empty, or was truncated. */
export function bodyJson(body: Body | undefined): unknown {
  if (body === undefined || body.truncatedFrom !== undefined) return undefined;
  if ('text' in body && body.value !== undefined) return body.value;
  try {
    return JSON.parse(bodyText(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** The first value of a response's header field, or undefined. */
export function responseHeaderOf(exchange: Exchange, name: string): string | undefined {
  return exchange.response === undefined ? undefined : headerOf(exchange.response.headers, name);
}
