/** What a client opens a connection with, before messages have types ("Start-up" in PostgreSQL's protocol). */
export type Opening =
  | { readonly kind: 'incomplete' }
  /** Asks for TLS or GSSAPI encryption; the answer is one byte, and then it opens again. */
  | { readonly kind: 'encryption'; readonly bytes: number }
  | { readonly kind: 'cancel'; readonly bytes: number }
  | { readonly kind: 'startup'; readonly bytes: number }
  | { readonly kind: 'violation' };

const cancelRequest = 80877102;
const sslRequest = 80877103;
const gssRequest = 80877104;
/** PostgreSQL's own limit. */
const longestOpening = 10_000;
const protocolMajor = 3;

/** Reads the first packet of a connection. A TLS handshake without a request before it is a violation: there is no TLS here. */
export function readOpening(bytes: Buffer): Opening {
  if (bytes.length >= 4) {
    const length = bytes.readInt32BE(0);
    if (length < 8 || length > longestOpening) return { kind: 'violation' };
  }
  if (bytes.length < 8) return { kind: 'incomplete' };
  const length = bytes.readInt32BE(0);
  const code = bytes.readInt32BE(4);
  if (bytes.length < length) return { kind: 'incomplete' };
  if (code === sslRequest || code === gssRequest) return { kind: 'encryption', bytes: length };
  if (code === cancelRequest) return { kind: 'cancel', bytes: length };
  if (code >>> 16 === protocolMajor) return { kind: 'startup', bytes: length };
  return { kind: 'violation' };
}
