import type { OnReadOpts, Socket } from 'node:net';
import { Answers } from './answers.ts';
import { errorResponse } from './error-response.ts';
import { Framer } from './framer.ts';
import { Pipeline } from './pipeline.ts';
import { type Ledger, Recorder } from './recorder.ts';
import { Requests } from './requests.ts';
import type { RuleSet } from './rules.ts';
import { readOpening } from './startup.ts';

export interface SessionOptions {
  readonly ledger: Ledger;
  readonly rules: RuleSet;
  connectUpstream(onread: OnReadOpts): Socket;
  nextConnection(): number;
  onClosed(): void;
}

/** What a statement that is held back may gather behind it before the client is no longer read. */
const backlogLimit = 1024 * 1024;
/** What is read of the database's answers at once. */
const readBytes = 64 * 1024;
const notEncrypted = Buffer.from('N');

/** SQLSTATE cannot_connect_now, which a server that starts or stops answers. */
const cannotConnect = errorResponse('FATAL', '57P03', 'the database system is not accepting connections');

/** SQLSTATE admin_shutdown, which every connection hears when a server is stopped (fast mode). */
const adminShutdown = errorResponse('FATAL', '57P01', 'terminating connection due to administrator command');

/** One connection of the backend and the connection to the database that belongs to it. */
export class Session {
  readonly #client: Socket;
  readonly #options: SessionOptions;
  #upstream: Socket | null = null;
  /** Bytes before the start-up packet is complete. */
  #opening: Buffer = Buffer.alloc(0);
  #started = false;
  #receive: (chunk: Buffer) => void;
  #answer: (chunk: Buffer) => void = () => {};
  #requests: Requests | null = null;
  #recorder: Recorder | null = null;
  readonly #pipeline = new Pipeline();
  #fromClient: Framer | null = null;
  #fromUpstream: Framer | null = null;
  #clientEnded = false;
  #upstreamConnected = false;
  #finished = false;

  constructor(client: Socket, options: SessionOptions) {
    this.#client = client;
    this.#options = options;
    this.#receive = (chunk) => this.#open(chunk);
    // A client may close its writing side and still read the answers.
    client.allowHalfOpen = true;
    client.setNoDelay(true);
    client.on('data', (chunk: Buffer) => this.#receive(chunk));
    client.on('drain', () => this.#upstream?.resume());
    client.on('end', () => this.#onClientEnd());
    // What an error means is said by the 'close' that follows it.
    client.on('error', () => {});
    client.on('close', () => {
      this.#finish();
      this.#upstream?.destroy();
      options.onClosed();
    });
  }

  /** Breaks the connection. What was already passed on is still delivered. */
  cut(): void {
    this.#finish();
    this.#upstream?.destroy();
    this.#client.destroySoon();
  }

  /** Ends it at once, whether or not the client reads. */
  destroy(): void {
    this.#finish();
    this.#upstream?.destroy();
    this.#client.destroy();
  }

  /** Ends it as a server that goes down: says so, where no message is half-way to the client, and closes. */
  shutDown(): void {
    if (!this.#finished && this.#started && this.#fromUpstream?.inMessage !== true) this.#client.write(adminShutdown);
    this.cut();
  }

  #open(chunk: Buffer): void {
    this.#opening = this.#opening.length === 0 ? chunk : Buffer.concat([this.#opening, chunk]);
    while (!this.#started && !this.#finished) {
      const opening = readOpening(this.#opening);
      if (opening.kind === 'incomplete') return;
      if (opening.kind === 'violation') {
        this.cut();
        return;
      }
      if (opening.kind === 'encryption') {
        this.#opening = this.#opening.subarray(opening.bytes);
        this.#client.write(notEncrypted);
        continue;
      }
      if (this.#refused(opening.kind === 'startup')) return;
      this.#connect(opening.bytes, opening.kind === 'startup');
    }
  }

  #refused(tell: boolean): boolean {
    const refusal = this.#options.rules.refusal();
    if (refusal === undefined || !refusal.take()) return false;
    this.#refuse(tell);
    return true;
  }

  #refuse(tell: boolean): void {
    if (tell) this.#client.write(cannotConnect);
    this.cut();
  }

  #connect(openingBytes: number, speaksProtocol: boolean): void {
    this.#started = true;
    const upstream = this.#options.connectUpstream({
      // Every answer is read into the same memory and copied out in its own size: a stream's chunks cost several times as much.
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (bytes, memory) => {
        this.#answer(Buffer.from(memory.subarray(0, bytes)));
        return true;
      },
    });
    this.#upstream = upstream;
    this.#upstreamConnected = !upstream.connecting;
    upstream.allowHalfOpen = true;
    upstream.setNoDelay(true);
    upstream.on('connect', () => {
      this.#upstreamConnected = true;
    });
    upstream.on('drain', () => this.#balance());
    upstream.on('error', () => {});
    upstream.on('close', () => {
      if (!this.#upstreamConnected && !this.#finished) this.#refuse(speaksProtocol);
      else this.cut();
    });
    upstream.write(this.#opening.subarray(0, openingBytes));
    if (speaksProtocol) this.#speak(upstream);
    else this.#relay(upstream);
    const behind = this.#opening.subarray(openingBytes);
    this.#opening = Buffer.alloc(0);
    if (behind.length > 0) this.#receive(behind);
    if (this.#clientEnded) this.#endUpstream();
  }

  /** A cancel request: nothing but bytes, and the server closes. */
  #relay(upstream: Socket): void {
    this.#receive = (chunk) => this.#toUpstream(chunk);
    this.#answer = (chunk) => this.#toClient(chunk);
    upstream.on('end', () => this.cut());
  }

  #speak(upstream: Socket): void {
    const { ledger, rules } = this.#options;
    const connection = this.#options.nextConnection();
    const recorder = new Recorder(connection, ledger);
    const requests = new Requests(connection, ledger, rules, this.#pipeline, (verdict) => {
      fromClient.resume(verdict);
      this.#balance();
      if (this.#clientEnded) this.#endUpstream();
    });
    const shared = { cut: () => this.cut(), violated: () => this.cut() };
    const fromClient = new Framer(requests, { ...shared, write: (bytes) => this.#toUpstream(bytes) });
    const fromUpstream = new Framer(new Answers(ledger, recorder, this.#pipeline), {
      ...shared,
      write: (bytes) => this.#toClient(bytes),
    });
    this.#recorder = recorder;
    this.#requests = requests;
    this.#fromClient = fromClient;
    this.#fromUpstream = fromUpstream;
    this.#receive = (chunk) => {
      fromClient.push(chunk);
      if (fromClient.blocked) this.#balance();
    };
    this.#answer = (chunk) => {
      if (!this.#finished) fromUpstream.push(chunk);
    };
    upstream.on('end', () => {
      fromUpstream.end();
      // PostgreSQL never closes one side only: the process behind it is gone.
      this.cut();
    });
  }

  #toUpstream(bytes: Buffer): void {
    if (this.#upstream?.write(bytes) === false) this.#client.pause();
  }

  #toClient(bytes: Buffer): void {
    if (!this.#client.write(bytes)) this.#upstream?.pause();
  }

  /** Reads from the client as long as there is somewhere to put it. */
  #balance(): void {
    const full = (this.#fromClient?.backlogBytes ?? 0) > backlogLimit || this.#upstream?.writableNeedDrain === true;
    if (full) this.#client.pause();
    else this.#client.resume();
  }

  #onClientEnd(): void {
    this.#clientEnded = true;
    if (this.#upstream === null) this.cut();
    else this.#endUpstream();
  }

  /** The client's end stands behind everything it sent, also behind what is held back. */
  #endUpstream(): void {
    if (this.#finished || this.#fromClient?.blocked === true) return;
    this.#fromClient?.end();
    this.#upstream?.end();
  }

  /** No statement can be completed any more: what is in flight is recorded as cut. */
  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#receive = () => {};
    this.#fromClient?.stop();
    const blocked = this.#requests?.end() ?? null;
    const { activity } = this.#options.ledger;
    for (const expected of [...this.#pipeline.waiting(), ...(blocked === null ? [] : [blocked])]) {
      if (expected.run === null || expected.ours) continue;
      this.#recorder?.lost(expected.run);
      activity.ended(expected);
    }
  }
}
