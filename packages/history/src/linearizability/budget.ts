/** Why a check ended without an answer. */
export type UndecidedReason = 'deadline' | 'memory';

/** Thrown inside a check and caught at its door; never leaves this package. */
export class OutOfBudget extends Error {
  readonly reason: UndecidedReason;

  constructor(reason: UndecidedReason) {
    super(reason);
    this.name = 'OutOfBudget';
    this.reason = reason;
  }
}

/** What a check may use when nothing else is said. */
export const defaultMemoryBytes = 768 * 2 ** 20;

/** Watches the time and the memory of one check. */
export class Budget {
  readonly memoryBytes: number;
  /** Throws when the time is up. Cheap enough for every step of a model. */
  readonly tick: () => void;
  readonly #now: () => number;

  constructor(now: () => number, expired: () => boolean, memoryBytes: number) {
    this.#now = now;
    this.memoryBytes = memoryBytes;
    this.tick = () => {
      if (expired()) throw new OutOfBudget('deadline');
    };
  }

  /** A part of this budget that ends after so many milliseconds. */
  atMost(ms: number): Budget {
    const end = this.#now() + ms;
    const outer = this.tick;
    const expired = (): boolean => {
      outer();
      return this.#now() >= end;
    };
    return new Budget(this.#now, expired, this.memoryBytes);
  }
}
