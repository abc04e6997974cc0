import type { Duplex } from 'node:stream';
import type { Arrivals } from './arrivals.ts';
import { type KnownResponse, LoadConnection, type LoadErrorKind } from './connection.ts';
import { Histogram, type LatencySummary } from './histogram.ts';
import { EffortWatch, type OwnEffort, standstillMs } from './own-limit.ts';
import type { PreparedRequest } from './prepared-request.ts';
import type { ResponseParser } from './response-parser.ts';
import { type Judge, Verification, type VerificationCounts } from './verification.ts';

export interface LoadOptions {
  /** A new connection to the backend. */
  readonly connect: () => Promise<Duplex>;
  /** When requests are to begin. */
  readonly arrivals: Arrivals;
  /** The request of the n-th arrival. */
  readonly requestOf: (arrival: number) => PreparedRequest;
  /** How many connections there may be. An arrival that finds none free waits, and its latency counts from its intended start. */
  readonly connections: number;
  /** Says what is wrong with a response, or null. */
  readonly judge: Judge;
  /** How many responses may be judged whole in a second while others are under way, beside those that are equal to one that was; the rest is when all is over. Default 50. */
  readonly wholePerSecond?: number;
  /** Milliseconds from the write to the whole response. Default 10,000. */
  readonly timeoutMs?: number;
  /** Nothing is sent any more from here on, in milliseconds from the start: what had its turn before is missed. Default: 2 s after the last arrival. */
  readonly sendUntilMs?: number;
  readonly signal?: AbortSignal;
}

export interface LoadResult {
  /** Arrivals of the schedule = `sent` + `missed`. */
  readonly planned: number;
  readonly sent: number;
  /** Arrivals that could not be sent because every connection was in use until the end. They are in `latency` with the time they had waited. */
  readonly missed: number;
  /** Whole responses. */
  readonly answered: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** `sent` = `answered` + all of these. They are in `latency` with the time until the error. */
  readonly errors: Readonly<Record<LoadErrorKind, number>>;
  readonly firstError: string | null;
  readonly verification: VerificationCounts;
  /** From the intended start of each request to its last byte, in milliseconds. */
  readonly latency: LatencySummary;
  readonly histogram: Histogram;
  /** Whole responses in each second from the start. */
  readonly perSecond: readonly number[];
  /** Until the last response. */
  readonly durationMs: number;
  readonly effort: OwnEffort;
}

/** Sends requests at their intended times, whatever becomes of those before, and measures from those times. Closes every connection that it opened. */
export function runLoad(options: LoadOptions): Promise<LoadResult> {
  return new LoadRun(options).run();
}

const lastWaitMs = 2000;
/** How often requests under way are looked at for having taken too long. */
const sweepMs = 100;
/** How long the connection that is opened beforehand is waited for: a backend that takes no more of them may never give it. */
const openedWithinMs = 250;

class LoadRun {
  readonly #options: LoadOptions;
  readonly #verification: Verification;
  readonly #connections = new Set<LoadConnection>();
  readonly #free: LoadConnection[] = [];
  readonly #latency = new Histogram();
  readonly #lateness = new Histogram();
  readonly #statuses = new Uint32Array(1000);
  readonly #errors: Record<LoadErrorKind, number> = { refused: 0, reset: 0, protocol: 0, timeout: 0 };
  readonly #perSecond: number[] = [];
  readonly #sendUntil: number;
  #firstError: string | null = null;
  /** Arrivals before it are due; those from `#next` on have not been sent. */
  #due = 0;
  #next = 0;
  /** The first arrival that was due while a connection was free; those before it had to wait for one. */
  #unhindered = 0;
  #opening = 0;
  #underWay = 0;
  #answered = 0;
  #start = 0;
  #lastAt = 0;
  #sweptAt = 0;
  /** When the next turn is to be, and by how much turns were much too late in all. */
  #turnAt = 0;
  #stalledMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Null before the first turn and when all is over. */
  #finished: (() => void) | null = null;
  #over = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#verification = new Verification(options.judge, options.wholePerSecond ?? 50);
    this.#sendUntil = options.sendUntilMs ?? (options.arrivals.at(-1) ?? 0) + lastWaitMs;
  }

  async run(): Promise<LoadResult> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const { promise: aborted, resolve: onAborted } = Promise.withResolvers<void>();
    const onAbort = (): void => {
      onAborted();
      this.#finish();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    await this.#openFirst(aborted);
    const watch = new EffortWatch();
    this.#start = performance.now();
    if (signal?.aborted !== true)
      await new Promise<void>((resolve) => {
        this.#finished = resolve;
        this.#turn();
      });
    signal?.removeEventListener('abort', onAbort);
    this.#over = true;
    for (const connection of this.#connections) connection.close();
    signal?.throwIfAborted();
    const effort = watch.end(this.#lateness, this.#latency, this.#next, this.#stalledMs);
    const ended = performance.now() - this.#start;
    this.#verification.settle();
    return this.#result(effort, ended);
  }

  /**
   * One connection is opened beforehand, for what it costs is not what a request costs; the others when there is something to send on them. A server that
   * serves one connection after the other would wait for the request of an idle one, and answer nobody meanwhile.
   */
  async #openFirst(aborted: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, openedWithinMs);
    });
    await Promise.race([this.#open(), late, aborted]);
    clearTimeout(timer);
  }

  /** Sends what is due, and sees to it that it is called again in time. */
  #turn(): void {
    if (this.#finished === null) return;
    const now = performance.now() - this.#start;
    if (now - this.#turnAt > standstillMs) this.#stalledMs += now - this.#turnAt;
    this.#dispatch(now);
    if (now - this.#sweptAt >= sweepMs) this.#sweep(now);
    const { arrivals } = this.#options;
    const sending = now < this.#sendUntil && this.#next < arrivals.length;
    if (!sending && this.#underWay === 0) return this.#finish();
    const nextAt = this.#due < arrivals.length ? (arrivals[this.#due] ?? 0) : Number.POSITIVE_INFINITY;
    const waitMs = Math.max(1, Math.min(nextAt - now, sweepMs));
    this.#turnAt = now + waitMs;
    this.#timer = setTimeout(() => this.#turn(), waitMs);
  }

  #dispatch(now: number): void {
    const { arrivals, connections } = this.#options;
    if (now >= this.#sendUntil) return;
    const from = this.#due;
    while (this.#due < arrivals.length && (arrivals[this.#due] ?? 0) <= now) this.#due += 1;
    // Whoever comes due now and finds nobody waiting before it is not hindered by the backend.
    if (this.#next === from) this.#unhindered = from;
    while (this.#next < this.#due) {
      // The one that has waited the longest: who serves connections in their order waits for it as well.
      const connection = this.#free.shift();
      if (connection === undefined) break;
      if (connection.open) this.#send(connection, now);
    }
    if (this.#next === this.#due) return;
    // Those that are left wait for a connection: what they are late by is not our doing.
    this.#unhindered = this.#due;
    const wanted = Math.min(
      this.#due - this.#next - this.#opening,
      connections - this.#connections.size - this.#opening,
    );
    for (let opened = 0; opened < wanted; opened += 1) void this.#open();
  }

  #send(connection: LoadConnection, now: number): void {
    const arrival = this.#next;
    this.#next += 1;
    if (arrival >= this.#unhindered) this.#lateness.record(now - (this.#options.arrivals[arrival] ?? 0));
    this.#underWay += 1;
    const request = this.#options.requestOf(arrival);
    connection.send(request, this.#verification.knownTo(request), arrival, now);
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    try {
      const socket = await this.#options.connect();
      this.#opening -= 1;
      const connection = new LoadConnection(socket, this);
      if (this.#over) return connection.close();
      this.#connections.add(connection);
      this.#free.push(connection);
      if (this.#finished !== null) this.#dispatch(performance.now() - this.#start);
    } catch (error) {
      this.#opening -= 1;
      if (this.#finished === null || this.#next >= this.#due) return;
      // An arrival that is given no connection was tried, and refused.
      const arrival = this.#next;
      this.#next += 1;
      this.#fail(arrival, 'refused', error instanceof Error ? error.message : String(error));
    }
  }

  answered(connection: LoadConnection, parser: ResponseParser): void {
    const now = performance.now() - this.#start;
    this.#verification.take(this.#options.requestOf(connection.arrival), parser, now);
    this.#count(connection, parser.status, now);
  }

  repeated(connection: LoadConnection, { status }: KnownResponse): void {
    this.#verification.repeated();
    this.#count(connection, status, performance.now() - this.#start);
  }

  #count(connection: LoadConnection, status: number, now: number): void {
    this.#underWay -= 1;
    this.#answered += 1;
    this.#lastAt = now;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#latency.record(now - (this.#options.arrivals[connection.arrival] ?? 0));
    const second = Math.floor(now / 1000);
    this.#perSecond[second] = (this.#perSecond[second] ?? 0) + 1;
    if (connection.open) this.#free.push(connection);
    else this.#connections.delete(connection);
    this.#dispatch(now);
  }

  failed(connection: LoadConnection, kind: LoadErrorKind, message: string): void {
    this.#underWay -= 1;
    this.#connections.delete(connection);
    this.#fail(connection.arrival, kind, message);
    if (this.#finished !== null) this.#dispatch(performance.now() - this.#start);
  }

  gone(connection: LoadConnection): void {
    this.#connections.delete(connection);
  }

  #fail(arrival: number, kind: LoadErrorKind, message: string): void {
    this.#errors[kind] += 1;
    this.#firstError ??= message;
    this.#latency.record(performance.now() - this.#start - (this.#options.arrivals[arrival] ?? 0));
  }

  #sweep(now: number): void {
    this.#sweptAt = now;
    const timeoutMs = this.#options.timeoutMs ?? 10_000;
    for (const connection of this.#connections)
      if (connection.busy && now - connection.sentAt > timeoutMs)
        connection.abandon('timeout', `no whole answer within ${timeoutMs / 1000} s`);
  }

  #finish(): void {
    clearTimeout(this.#timer);
    const finished = this.#finished;
    this.#finished = null;
    finished?.();
  }

  #result(effort: OwnEffort, ended: number): LoadResult {
    const { arrivals } = this.#options;
    const sent = this.#next;
    for (let missed = sent; missed < arrivals.length; missed += 1)
      this.#latency.record(Math.max(0, ended - (arrivals[missed] ?? 0)));
    const byStatus: Record<string, number> = {};
    for (const [status, times] of this.#statuses.entries()) if (times > 0) byStatus[status] = times;
    return {
      planned: arrivals.length,
      sent,
      missed: arrivals.length - sent,
      answered: this.#answered,
      byStatus,
      errors: { ...this.#errors },
      firstError: this.#firstError,
      verification: this.#verification.counts(),
      latency: this.#latency.summary(),
      histogram: this.#latency,
      perSecond: Array.from(this.#perSecond, (times) => times ?? 0),
      durationMs: this.#lastAt,
      effort,
    };
  }
}
