import { mediaTypeParameters } from '../validate/media-type.ts';

type Decode = (bytes: Uint8Array, contentType: string) => string;

interface Part {
  readonly headers: string;
  readonly content: Buffer;
}

/**
 * The envelope of a multipart/related message (RFC 2387), as MTOM and SOAP with attachments send it: its root part, with the Base64 of the part that
 * an `xop:Include` names in its place. Null when there is none.
 */
export function relatedEnvelope(bytes: Buffer, contentType: string, decode: Decode): string | null {
  const { boundary, start } = mediaTypeParameters(contentType);
  const parts = boundary === undefined ? [] : partsOf(bytes, boundary);
  const root = parts.find((part) => start !== undefined && idOf(part) === bare(start)) ?? parts[0];
  if (root === undefined) return null;
  const byId = new Map(parts.map((part) => [idOf(part), part]));
  const text = decode(root.content, fieldOf(root, 'content-type') ?? '');
  const include =
    /<(?:[\w.-]+:)?Include\b(?=[^<>]*\bhref\s*=\s*["']cid:([^"'<>]*)["'])[^<>]*?(?:\/>|>\s*<\/(?:[\w.-]+:)?Include\s*>)/g;
  // One reference has one part. Were a part put in as often as it is named, a small message would be an endless text.
  let room = 4 * bytes.length + 1_000_000;
  return text.replaceAll(include, (whole, name: string) => {
    const part = byId.get(unescaped(name)) ?? byId.get(name);
    if (part === undefined || part.content.length > room) return whole;
    room -= part.content.length;
    return part.content.toString('base64');
  });
}

function partsOf(bytes: Buffer, boundary: string): readonly Part[] {
  const mark = `--${boundary}`;
  const places: number[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length))
    // Only at the start of a line: what is sent may hold its own boundary.
    if (at === 0 || bytes[at - 1] === 0x0a) places.push(at);
  return places.slice(0, -1).flatMap((place, index): Part[] => {
    const part = bytes.subarray(place + mark.length, places[index + 1]);
    const head = part.indexOf('\r\n\r\n');
    if (head < 0) return [];
    return [{ headers: part.subarray(0, head).toString('latin1'), content: part.subarray(head + 4, -2) }];
  });
}

function fieldOf({ headers }: Part, name: string): string | undefined {
  return headers
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();
}

function idOf(part: Part): string {
  return bare(fieldOf(part, 'content-id') ?? '');
}

function bare(id: string): string {
  return id.replace(/^<(.*)>$/, '$1');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
