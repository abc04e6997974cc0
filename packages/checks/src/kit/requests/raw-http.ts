import { headerOf, type HeaderFields, type RequestSpec } from '@assay/contract';
import { authenticated } from '../identity/authenticated.ts';

/**
 * A request as the bytes of HTTP/1.1, on a connection that closes after it. The Host of every other request (`Instance.authority`: some
 * frameworks serve no other) and, with a body, a Content-Length are added, and what proves who sends it where `as` says who: see `senderOf`.
 */
export function rawRequest(spec: RequestSpec, authority: string): Uint8Array {
  const request = spec.as === undefined || spec.as === null ? spec : authenticated(spec, spec.as);
  const body = request.body === undefined ? null : Buffer.from(request.body as string);
  const own = request.headers ?? [];
  const headers: HeaderFields = [
    ...(headerOf(own, 'host') === undefined ? ([['host', authority]] as const) : []),
    ['connection', 'close'],
    ...own,
    ...(body === null ? [] : ([['content-length', String(body.length)]] as const)),
  ];
  const head = `${request.method} ${request.target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
}

export interface RawResponse {
  readonly status: number;
  readonly headers: HeaderFields;
  /** Bytes after the head, as they were received. */
  readonly bodyBytes: number;
  /** The content, with chunked framing taken off. */
  readonly content: Uint8Array;
}

/** The first final response in what was received; null when it is not HTTP. */
export function readRawResponse(received: Uint8Array): RawResponse | null {
  let text = Buffer.from(received).toString('latin1');
  for (;;) {
    const end = text.indexOf('\r\n\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
    if (end < 0 || status === 0) return null;
    const rest = text.slice(end + 4);
    if (status >= 200) {
      const headers = text
        .slice(0, end)
        .split('\r\n')
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
      const chunked = /chunked/i.test(headerOf(headers, 'transfer-encoding') ?? '');
      return {
        status,
        headers,
        bodyBytes: rest.length,
        content: Buffer.from(chunked ? unchunked(rest).content : rest, 'latin1'),
      };
    }
    text = rest;
  }
}

/** Of so many responses the statuses are read. */
const mostStatuses = 8;

/** The statuses of the first final responses in what was received, in their order; one that ends with its connection is the last. */
export function rawStatuses(received: Uint8Array): readonly number[] {
  const statuses: number[] = [];
  let rest = received;
  while (statuses.length < mostStatuses) {
    const response = readRawResponse(rest);
    if (response === null) break;
    statuses.push(response.status);
    const body = rest.subarray(rest.length - response.bodyBytes);
    const length = bodyLength(response, body);
    if (length === null) break;
    rest = body.subarray(length);
  }
  return statuses;
}

/** How many bytes of the rest are the body with its framing; null when only the connection's end tells, or it is not all there. */
function bodyLength({ status, headers }: RawResponse, rest: Uint8Array): number | null {
  if (status === 204 || status === 304) return 0;
  if (/chunked/i.test(headerOf(headers, 'transfer-encoding') ?? ''))
    return unchunked(Buffer.from(rest).toString('latin1')).end;
  const length = Number(headerOf(headers, 'content-length') ?? Number.NaN);
  return Number.isInteger(length) && length >= 0 && length <= rest.length ? length : null;
}

/** The content, as far as it can be read, and where the framing ends; null when it does not. */
function unchunked(framed: string): { readonly content: string; readonly end: number | null } {
  let content = '';
  for (let at = 0; at < framed.length; ) {
    const line = framed.indexOf('\r\n', at);
    const size = Number.parseInt(framed.slice(at, line), 16);
    if (line < 0 || !(size >= 0)) break;
    if (size === 0) return { content, end: endOfTrailer(framed, line + 2) };
    content += framed.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
  return { content, end: null };
}

function endOfTrailer(framed: string, from: number): number | null {
  if (framed.startsWith('\r\n', from)) return from + 2;
  const end = framed.indexOf('\r\n\r\n', from);
  return end < 0 ? null : end + 4;
}
