/** An attack and a harmless request of the same length, one after the other. Milliseconds. */
export interface TimedPair {
  readonly attackMs: number;
  readonly controlMs: number;
}

/** A blow-up is at least this long … */
const leastMs = 1_000;
/** … and this many times the control. */
const leastRatio = 20;

/**
 * Whether an attack costs incomparably more than a harmless request, each time of at least `times`. The slowest control is what every attack is held
 * against: a machine that stutters slows both down.
 */
export function isBlowUp(pairs: readonly TimedPair[], times: number): boolean {
  if (pairs.length < times) return false;
  const control = Math.max(...pairs.map(({ controlMs }) => controlMs));
  return pairs.every(({ attackMs }) => attackMs >= leastMs && attackMs >= leastRatio * control);
}
