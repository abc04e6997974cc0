import type { Duplex } from 'node:stream';
import { type ByteChannel, type ByteListener, byteChannel } from './byte-channel.ts';
import type { PreparedRequest } from './prepared-request.ts';
import { ResponseParser } from './response-parser.ts';

/**
 * Why a request has no response. `refused`: no connection could be opened. `reset`: closed before a whole response. `protocol`: what came is not
 * HTTP/1, or its framing is wrong. `timeout`: no whole response in time.
 */
export type LoadErrorKind = 'refused' | 'reset' | 'protocol' | 'timeout';

/** A response to the same request that was read and found right: the same bytes need not be read again. */
export interface KnownResponse {
  /** Head and body. */
  readonly bytes: Buffer;
  readonly status: number;
}

/** What a connection tells of the one request that it carries at a time. */
export interface ConnectionListener {
  /** The parser holds the response until this returns. */
  answered(connection: LoadConnection, parser: ResponseParser): void;
  /** The response is byte for byte the known one. */
  repeated(connection: LoadConnection, known: KnownResponse): void;
  failed(connection: LoadConnection, kind: LoadErrorKind, message: string): void;
  /** Closed by the other side while no request was under way. */
  gone(connection: LoadConnection): void;
}

/** One keep-alive connection. Requests go one at a time: no pipelining. */
export class LoadConnection implements ByteListener {
  readonly #channel: ByteChannel;
  readonly #parser = new ResponseParser();
  readonly #listener: ConnectionListener;
  #known: KnownResponse | undefined;
  #busy = false;
  #open = true;
  /** The number of the arrival under way, and when its request was written; the run's business. */
  arrival = 0;
  sentAt = 0;

  constructor(duplex: Duplex, listener: ConnectionListener) {
    this.#listener = listener;
    this.#channel = byteChannel(duplex, this);
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Whether another request may be sent on it. */
  get open(): boolean {
    return this.#open;
  }

  send(request: PreparedRequest, known: KnownResponse | undefined, arrival: number, now: number): void {
    this.#busy = true;
    this.#known = known;
    this.arrival = arrival;
    this.sentAt = now;
    this.#parser.expect(request.method);
    this.#channel.write(request.bytes);
  }

  /** Ends it; what is under way is told as failed in this way. */
  abandon(kind: LoadErrorKind, message: string): void {
    this.close();
    if (!this.#busy) return;
    this.#busy = false;
    this.#listener.failed(this, kind, message);
  }

  close(): void {
    this.#open = false;
    this.#channel.destroy();
  }

  received(bytes: Buffer): void {
    if (!this.#busy) {
      this.close();
      this.#listener.gone(this);
      return;
    }
    const known = this.#known;
    this.#known = undefined;
    if (known !== undefined && known.bytes.length === bytes.length && known.bytes.equals(bytes)) {
      this.#busy = false;
      this.#listener.repeated(this, known);
      return;
    }
    // The parser keeps what it is given until the response is whole; the buffer is read into again before that.
    const result = this.#parser.feed(Buffer.from(bytes));
    if (result === 'more') return;
    if (result !== 'done') return this.abandon('protocol', result.wrong);
    this.#done();
  }

  #done(): void {
    this.#busy = false;
    if (!this.#parser.keepAlive) this.close();
    this.#listener.answered(this, this.#parser);
  }

  ended(why: string): void {
    this.#open = false;
    if (!this.#busy) return this.#listener.gone(this);
    if (this.#parser.end() === 'done') return this.#done();
    this.#busy = false;
    this.#listener.failed(this, 'reset', why);
  }
}
