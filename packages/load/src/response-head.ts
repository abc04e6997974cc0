/** What the head of a response says about its framing. */
export interface ResponseHead {
  readonly status: number;
  /** Where the body begins, in the bytes that were read. */
  readonly bodyAt: number;
  /** `none`: there is no body; `close`: it ends with the connection. */
  readonly framing: 'length' | 'chunked' | 'close' | 'none';
  readonly length: number;
  readonly keepAlive: boolean;
}

/** A head that is longer is refused. Bytes. */
export const longestHead = 65_536;

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const colon = 0x3a;
const space = 0x20;
const zero = 0x30;

/** Reads a response's head. Null when it is not all there yet; a sentence when it is not what HTTP/1 allows. */
export function readHead(bytes: Buffer, toHead: boolean): ResponseHead | string | null {
  // `HTTP/1.1 200 `: nothing is said before these 13 bytes are there.
  if (bytes.length < 13) return null;
  if (bytes.toString('latin1', 0, 7) !== 'HTTP/1.' || bytes[8] !== space) return 'the first line is not that of HTTP/1';
  const minor = digit(bytes[7]);
  const status = digit(bytes[9]) * 100 + digit(bytes[10]) * 10 + digit(bytes[11]);
  if (!(minor >= 0 && status >= 100) || (bytes[12] !== space && bytes[12] !== carriageReturn))
    return 'the first line has no status';
  let keepAlive = minor > 0;
  let length = -1;
  let chunked = false;
  let lineAt = endOfLine(bytes, 12);
  while (lineAt > 0) {
    const end = endOfLine(bytes, lineAt);
    if (end <= 0) {
      lineAt = end;
      break;
    }
    if (end === lineAt + 2) {
      const bodyless = toHead || status < 200 || status === 204 || status === 304;
      if (chunked && length >= 0) return 'it has a Content-Length and a Transfer-Encoding';
      const framing = bodyless ? 'none' : chunked ? 'chunked' : length >= 0 ? 'length' : 'close';
      return {
        status,
        bodyAt: end,
        framing,
        length: framing === 'length' ? length : 0,
        keepAlive: keepAlive && framing !== 'close',
      };
    }
    const colonAt = indexWithin(bytes, colon, lineAt, end - 2);
    if (colonAt <= lineAt) return 'a line of the head is not a field';
    // Only three fields say how to read on; their length tells nearly all others apart without a look at their names.
    const size = colonAt - lineAt;
    if (size === 14 && isNamed(bytes, lineAt, size, 'content-length')) {
      const value = bytes.toString('latin1', colonAt + 1, end - 2).trim();
      if (!/^\d{1,15}$/.test(value)) return 'its Content-Length is no number';
      if (length >= 0 && length !== Number(value)) return 'it has two Content-Length fields that differ';
      length = Number(value);
    } else if (size === 17 && isNamed(bytes, lineAt, size, 'transfer-encoding')) {
      const value = bytes
        .toString('latin1', colonAt + 1, end - 2)
        .trim()
        .toLowerCase();
      if (value !== 'chunked' || chunked) return 'its Transfer-Encoding is not chunked alone';
      chunked = true;
    } else if (size === 10 && isNamed(bytes, lineAt, size, 'connection')) {
      const value = bytes.toString('latin1', colonAt + 1, end - 2).toLowerCase();
      if (value.includes('close')) keepAlive = false;
      else if (value.includes('keep-alive')) keepAlive = true;
    }
    lineAt = end;
  }
  if (lineAt < 0) return 'a line of the head does not end in CR LF';
  return bytes.length > longestHead ? 'its head does not end within 64 KiB' : null;
}

function digit(byte: number | undefined): number {
  const value = (byte ?? 0) - zero;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** The index after the line's end; 0 when the line does not end here; -1 when it ends in a bare LF. */
function endOfLine(bytes: Buffer, from: number): number {
  const at = indexWithin(bytes, lineFeed, from, bytes.length);
  if (at < 0) return 0;
  return bytes[at - 1] === carriageReturn && at > from ? at + 1 : -1;
}

/** A loop: for some tens of bytes it is cheaper than a call of `indexOf`. */
function indexWithin(bytes: Buffer, byte: number, from: number, to: number): number {
  for (let at = from; at < to; at += 1) if (bytes[at] === byte) return at;
  return -1;
}

function isNamed(bytes: Buffer, from: number, size: number, name: string): boolean {
  return bytes.toString('latin1', from, from + size).toLowerCase() === name;
}
