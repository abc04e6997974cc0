/** How long a statement is waited for: more than checks give a request. Milliseconds. */
const usuallyAwaitedMs = 12_000;

/**
 * Knows the statements in flight, so that one can wait until nothing happens any more. One that has been at the database for very long is not
 * waited for: it may wait there for as long as its process lives, as that of a worker that is to lead when another ends
 * (`SELECT pg_advisory_lock(42)`). It keeps the id that it had when it was sent, so it never counts among what comes after a later mark.
 */
export class Activity {
  readonly #now: () => number;
  readonly #awaitedMs: number;
  /** When each went on to the database; Infinity while a rule holds it, which is waited for however long it takes. */
  readonly #inFlight = new Map<object, number>();
  #lastEnd: number;
  #whenQuiet = new Set<() => void>();

  constructor(now: () => number, awaitedMs = usuallyAwaitedMs) {
    this.#now = now;
    this.#awaitedMs = awaitedMs;
    this.#lastEnd = now();
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** It goes to the database, at once or because a rule lets it go. */
  began(statement: object): void {
    this.#inFlight.set(statement, this.#now());
    this.#wake();
  }

  /** A rule keeps it back. */
  held(statement: object): void {
    this.#inFlight.set(statement, Infinity);
  }

  ended(statement: object): void {
    this.#inFlight.delete(statement);
    this.#lastEnd = this.#now();
    this.#wake();
  }

  /** Resolves when nothing that is waited for has been in flight for `quietMs` milliseconds; rejects with the signal's reason when it aborts. */
  idle(quietMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const finish = (): void => {
        clearTimeout(timer);
        this.#whenQuiet.delete(look);
        signal.removeEventListener('abort', abort);
      };
      const abort = (): void => {
        finish();
        reject(signal.reason);
      };
      const look = (): void => {
        clearTimeout(timer);
        const left = this.#leftMs(quietMs);
        if (left === Infinity) return;
        if (left > 0) {
          timer = setTimeout(look, Math.ceil(left));
          return;
        }
        finish();
        resolve();
      };
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      signal.addEventListener('abort', abort, { once: true });
      this.#whenQuiet.add(look);
      look();
    });
  }

  /** How long it takes at most until all is quiet, if nothing else begins. */
  #leftMs(quietMs: number): number {
    const now = this.#now();
    let left = quietMs - (now - this.#lastEnd);
    for (const sentAt of this.#inFlight.values()) left = Math.max(left, sentAt + this.#awaitedMs - now);
    return left;
  }

  #wake(): void {
    for (const look of this.#whenQuiet) look();
  }
}
