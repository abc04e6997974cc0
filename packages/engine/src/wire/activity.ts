/** Counts the statements in flight, so that one can wait until nothing happens any more. */
export class Activity {
  readonly #now: () => number;
  #inFlight = 0;
  #quietSince: number;
  #whenQuiet = new Set<() => void>();

  constructor(now: () => number) {
    this.#now = now;
    this.#quietSince = now();
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  began(): void {
    this.#inFlight += 1;
  }

  ended(): void {
    this.#inFlight -= 1;
    if (this.#inFlight > 0) return;
    this.#quietSince = this.#now();
    for (const wake of this.#whenQuiet) wake();
  }

  /** Resolves when nothing has been in flight for `quietMs` milliseconds; rejects with the signal's reason when it aborts. */
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
        if (this.#inFlight > 0) return;
        const left = quietMs - (this.#now() - this.#quietSince);
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
}
