/** Again, hard, good, easy: as FSRS counts them. */
export type Rating = 1 | 2 | 3 | 4;

export interface Attempt {
  readonly passed: boolean;
  /** 0 to 1; how much of it was right. */
  readonly score: number;
  readonly seconds: number;
  /** How long the question should take. */
  readonly expectedSeconds: number;
  readonly hints: number;
}

/**
 * The rating that an attempt earns. Failed is "again"; what nearly passed is "hard" only when something of it was right without help. Passed is "good"; with a hint, or in more than twice the time,
 * "hard"; in less than half of the time and without hints "easy".
 */
export function ratingOf({ passed, score, seconds, expectedSeconds, hints }: Attempt): Rating {
  if (!passed) return score >= 0.8 && hints === 0 ? 2 : 1;
  if (hints > 0 || seconds > expectedSeconds * 2) return 2;
  return seconds < expectedSeconds / 2 ? 4 : 3;
}
