/** A source of randomness that depends on the run's seed and the check's id alone. */
export interface Random {
  /** For fast-check's `seed`. 32-bit. */
  readonly seed: number;
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [min, max]. */
  integer(min: number, max: number): number;
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T;
  /** A short word of lower-case letters and digits that occurs nowhere else in the run. */
  unique(prefix: string): string;
}
