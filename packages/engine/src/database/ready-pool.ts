/**
 * Keeps a few things ready, so that the next one need not be waited for. One at a time is made in the background, and only
 * after the first was asked for.
 */
export class ReadyPool<T> {
  readonly #make: () => Promise<T>;
  readonly #size: number;
  #ready: Promise<T>[] = [];
  #closed = false;

  constructor(make: () => Promise<T>, size: number) {
    this.#make = make;
    this.#size = size;
  }

  async take(): Promise<T> {
    const next = this.#ready.shift();
    // The next clone starts after this one is there: two at once would only make each other slower.
    const taken = next === undefined ? this.#make() : next.catch(() => this.#make());
    void taken.then(
      () => this.fill(),
      () => undefined,
    );
    return taken;
  }

  /** Starts to make what is missing. */
  fill(): void {
    if (this.#closed || this.#ready.length >= this.#size) return;
    const made = this.#make();
    this.#ready.push(made);
    void made.then(
      () => this.fill(),
      () => {
        this.#ready = this.#ready.filter((other) => other !== made);
      },
    );
  }

  /** Makes no more; returns what was ready, for its removal. */
  async close(): Promise<readonly T[]> {
    this.#closed = true;
    const settled = await Promise.allSettled(this.#ready.splice(0));
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }
}
