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

/** Watches the time and the memory of one check. `tick` is cheap enough for every step of a model. */
export class Budget {
  readonly memoryBytes: number;
  readonly tick: () => void;

  constructor(expired: () => boolean, memoryBytes: number) {
    this.memoryBytes = memoryBytes;
    this.tick = () => {
      if (expired()) throw new OutOfBudget('deadline');
    };
  }
}
