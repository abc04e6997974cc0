/** `lost`: the server does not answer; it is asked again and again. `locked`: it answers, and does not know this browser. */
export type Connection = 'ok' | 'lost' | 'locked';

const calmMs = 5000;
const eagerMs = 700;

/** Whether the server can be reached, told by every request and looked after between them. */
export class ConnectionWatch {
  #state: Connection = 'ok';
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #isAlive: () => Promise<boolean>;

  /** @param isAlive asks the server whether it is well; never rejects. */
  constructor(isAlive: () => Promise<boolean>) {
    this.#isAlive = isAlive;
  }

  readonly state = (): Connection => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls each time that the server answers again after it did not, until the returned function is called. */
  whenBack(again: () => void): () => void {
    let before = this.#state;
    return this.subscribe(() => {
      if (before !== 'ok' && this.#state === 'ok') again();
      before = this.#state;
    });
  }

  /** A request has been answered, refused for want of the token, or not answered at all. */
  tell(state: Connection): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#schedule();
    for (const listener of this.#listeners) listener();
  }

  /** Looks after the server from now on, until the returned function is called. */
  watch(): () => void {
    this.#schedule();
    return () => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        void this.#isAlive().then((alive) => {
          if (this.#timer === null) return;
          // That it is alive does not tell that it knows this browser.
          if (!alive) this.tell('lost');
          else if (this.#state === 'lost') this.tell('ok');
          this.#schedule();
        });
      },
      this.#state === 'lost' ? eagerMs : calmMs,
    );
  }
}
