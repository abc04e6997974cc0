import { longestHead, readHead, type ResponseHead } from './response-head.ts';

export type ParseResult = 'more' | 'done' | { readonly wrong: string };

const nothing = Buffer.alloc(0);

/** A body that is longer is refused, and so does not take our memory. Bytes. */
const longestBody = 8 * 1024 * 1024;
/** Chunks of a byte each cost many times their length while they are apart. */
const mostPieces = 16_384;

/**
 * Reads one response after the other from one connection, each alone: without pipelining whatever comes after its end is an error. Knows
 * Content-Length, chunked, bodies that end with the connection, and responses without a body (HEAD, 1xx, 204, 304); says of anything
 * else what is wrong with it. A response that comes in one piece is neither copied nor cut.
 */
export class ResponseParser {
  #toHead = false;
  /** A head, or the line of a chunk's size, that is not all there yet. */
  #rest: Buffer = nothing;
  #head: ResponseHead | null = null;
  #missing = 0;
  #chunk: 'size' | 'data' | 'trailer' = 'size';
  #whole: Buffer | null = null;
  #wholeFrom = 0;
  #pieces: Buffer[] = [];
  #bodyBytes = 0;
  /** Bytes of the head as they came; kept for who wants to look at a response closely. */
  #headBytes: Buffer = nothing;

  /** To be called before each request is sent. */
  expect(method: string): void {
    this.#toHead = method === 'HEAD';
    this.#rest = nothing;
    this.#head = null;
    this.#missing = 0;
    this.#chunk = 'size';
    this.#whole = null;
    this.#pieces = [];
    this.#bodyBytes = 0;
  }

  get status(): number {
    return this.#head?.status ?? 0;
  }

  get keepAlive(): boolean {
    return this.#head?.keepAlive ?? false;
  }

  get bodyBytes(): number {
    return this.#bodyBytes;
  }

  /** Whether anything of the response has come. */
  get begun(): boolean {
    return this.#head !== null || this.#rest.length > 0;
  }

  feed(bytes: Buffer): ParseResult {
    if (this.#head !== null) return this.#feedBody(bytes, 0);
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const head = readHead(all, this.#toHead);
    if (head === null) {
      this.#rest = all;
      return 'more';
    }
    if (typeof head === 'string') return { wrong: head };
    this.#rest = nothing;
    if (head.status === 101) return { wrong: 'it switches protocols without having been asked' };
    if (head.status < 200) return head.bodyAt === all.length ? 'more' : this.feed(all.subarray(head.bodyAt));
    this.#head = head;
    this.#headBytes = all;
    this.#missing = head.length;
    if (head.length > longestBody) return tooLong;
    if (head.framing === 'none') return head.bodyAt === all.length ? 'done' : tooMuch;
    if (head.framing === 'length' && all.length - head.bodyAt >= head.length) {
      if (all.length - head.bodyAt > head.length) return tooMuch;
      this.#whole = all;
      this.#wholeFrom = head.bodyAt;
      this.#bodyBytes = head.length;
      return 'done';
    }
    return this.#feedBody(all, head.bodyAt);
  }

  /** The connection has ended. Done when that is how this response ends. */
  end(): ParseResult {
    if (this.#head?.framing === 'close') return 'done';
    return { wrong: this.begun ? 'the connection was closed in the middle of it' : 'the connection was closed before' };
  }

  /** Head and body as they came, when they came in one piece. */
  get onePiece(): Buffer | null {
    return this.#whole;
  }

  bodyEquals(other: Buffer): boolean {
    if (this.#bodyBytes !== other.length) return false;
    if (this.#whole !== null)
      return this.#whole.compare(other, 0, other.length, this.#wholeFrom, this.#wholeFrom + this.#bodyBytes) === 0;
    return this.body().equals(other);
  }

  /** The body, a copy. */
  body(): Buffer {
    return this.#whole === null ? Buffer.concat(this.#pieces) : Buffer.from(this.#whole.subarray(this.#wholeFrom));
  }

  /** The lines of the head, the first one included. */
  headLines(): readonly string[] {
    return this.#headBytes.toString('latin1', 0, Math.max(0, (this.#head?.bodyAt ?? 0) - 4)).split('\r\n');
  }

  #feedBody(bytes: Buffer, from: number): ParseResult {
    const framing = this.#head?.framing;
    if (framing === 'chunked') return this.#feedChunks(bytes, from);
    if (!this.#keep(bytes.subarray(from))) return tooLong;
    if (framing === 'close') return 'more';
    this.#missing -= bytes.length - from;
    return this.#missing > 0 ? 'more' : this.#missing === 0 ? 'done' : tooMuch;
  }

  #feedChunks(fed: Buffer, start: number): ParseResult {
    let bytes = fed;
    let at = start;
    if (this.#rest.length > 0) {
      bytes = Buffer.concat([this.#rest, fed.subarray(start)]);
      at = 0;
      this.#rest = nothing;
    }
    while (at < bytes.length) {
      if (this.#chunk === 'data') {
        const take = Math.min(this.#missing, bytes.length - at);
        if (!this.#keep(bytes.subarray(at, at + take))) return tooLong;
        this.#missing -= take;
        at += take;
        if (this.#missing > 0) return 'more';
        if (bytes.length - at < 2) break;
        if (bytes[at] !== 0x0d || bytes[at + 1] !== 0x0a) return { wrong: 'a chunk is longer than it says' };
        at += 2;
        this.#chunk = 'size';
        continue;
      }
      const end = bytes.indexOf('\r\n', at, 'latin1');
      if (end < 0) break;
      const line = bytes.toString('latin1', at, end);
      at = end + 2;
      if (this.#chunk === 'trailer') {
        if (line === '') return at === bytes.length ? 'done' : tooMuch;
        continue;
      }
      const size = /^([0-9a-f]{1,12})[ \t]*(;.*)?$/i.exec(line)?.[1];
      if (size === undefined) return { wrong: 'the size of a chunk is no number' };
      this.#missing = Number.parseInt(size, 16);
      this.#chunk = this.#missing === 0 ? 'trailer' : 'data';
    }
    this.#rest = bytes.subarray(at);
    return this.#rest.length > longestHead ? { wrong: 'the size of a chunk does not end' } : 'more';
  }

  /** False when the body is longer than it may be. */
  #keep(piece: Buffer): boolean {
    if (piece.length === 0) return true;
    this.#pieces.push(piece);
    if (this.#pieces.length >= mostPieces) this.#pieces = [Buffer.concat(this.#pieces)];
    this.#bodyBytes += piece.length;
    return this.#bodyBytes <= longestBody;
  }
}

const tooMuch: ParseResult = { wrong: 'more bytes came than it has' };
const tooLong: ParseResult = { wrong: `its body is longer than ${longestBody / 1024 / 1024} MiB` };
