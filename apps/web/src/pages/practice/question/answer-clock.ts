/** What was counted so far. Seconds. */
export interface Counted {
  readonly seen: number;
  /** Until the answer was begun; null before. */
  readonly thinking: number | null;
}

/** How long somebody looked at a question, and until they began to answer. Time in which the page was hidden counts for neither. Moments are in milliseconds. */
export class AnswerClock {
  #seen: number;
  #thinking: number | null;
  /** When it began to be looked at; null while it is hidden. */
  #since: number | null = null;

  /** @param before what was counted before a reload. */
  constructor({ seen, thinking }: Counted) {
    this.#seen = seen;
    this.#thinking = thinking;
  }

  show(now: number): void {
    this.#since ??= now;
  }

  hide(now: number): void {
    this.#seen = this.counted(now).seen;
    this.#since = null;
  }

  /** The answer is begun. Only the first time counts. */
  begin(now: number): void {
    this.#thinking ??= this.counted(now).seen;
  }

  counted(now: number): Counted {
    const going = this.#since === null ? 0 : now - this.#since;
    return { seen: this.#seen + going / 1000, thinking: this.#thinking };
  }
}
