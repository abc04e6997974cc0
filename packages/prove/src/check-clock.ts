/** The time that one check has. It stands still while something is made ready that the check is not about. */
export class CheckClock {
  readonly #over = new AbortController();
  #leftMs: number;
  /** When it began to run the last time, as `performance.now()` tells it; null while it stands still. */
  #since: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #holders = 0;
  #stopped = false;

  constructor(timeMs: number) {
    this.#leftMs = timeMs;
    this.#run();
  }

  /** Aborts when the time is up. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Milliseconds. */
  remaining(): number {
    return Math.max(0, this.#leftMs - (this.#since === null ? 0 : performance.now() - this.#since));
  }

  /** Stands still until the work is done, whatever comes of it. */
  async pausedFor<T>(work: () => Promise<T>): Promise<T> {
    this.#holders += 1;
    this.#pause();
    try {
      return await work();
    } finally {
      this.#holders -= 1;
      if (this.#holders === 0) this.#run();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#pause();
  }

  #run(): void {
    if (this.#stopped) return;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#over.abort(new Error('the time was up')), Math.max(1, this.#leftMs));
  }

  #pause(): void {
    this.#leftMs = this.remaining();
    this.#since = null;
    clearTimeout(this.#timer);
  }
}
