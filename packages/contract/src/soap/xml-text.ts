import { headerOf, type RecordedResponse } from '../vocabulary/exchange.ts';
import { mediaTypeParameters } from '../validate/media-type.ts';
import { declaredIn, utf16Of } from '../xml/encoding.ts';
import { relatedEnvelope } from './related-parts.ts';

/**
 * The XML that a response holds, in whatever encoding it was sent: by its byte-order mark, else the charset of its Content-Type (RFC 7303 puts it
 * before what the document says of itself), else its declaration. Of a multipart/related response, the envelope.
 */
export function xmlText({ headers, body }: Pick<RecordedResponse, 'headers' | 'body'>): string {
  const contentType = headerOf(headers, 'content-type') ?? '';
  if (/^\s*multipart\/related\b/i.test(contentType)) {
    const bytes = 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
    const envelope = relatedEnvelope(bytes, contentType, decoded);
    if (envelope !== null) return envelope;
  }
  // What is UTF-8 and has no zeros was sent as such, whatever label it bears.
  if ('text' in body && !body.text.includes('\0')) return body.text;
  return decoded('text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64'), contentType);
}

function decoded(bytes: Uint8Array, contentType: string): string {
  const label = unicodeOf(bytes) ?? mediaTypeParameters(contentType).charset ?? declaredIn(bytes) ?? 'utf-8';
  // The web takes it for windows-1252, and XML for what it is.
  if (/^iso-8859-1$/i.test(label)) return Buffer.from(bytes).toString('latin1');
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** The form of Unicode that the first bytes give away. */
function unicodeOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  return utf16Of(bytes) ?? (first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null);
}
