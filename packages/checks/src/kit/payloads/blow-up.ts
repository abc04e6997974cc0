import { median } from './sign-test.ts';

/** An attack and a harmless request of the same length, one after the other. Milliseconds. */
export interface TimedPair {
  readonly attackMs: number;
  readonly controlMs: number;
}

/** A blow-up is at least this long … */
const leastMs = 1_000;
/** … and this many times the control. */
const leastRatio = 20;
/** How many pairs are measured: enough that one or two which the machine delays do not hide it. */
export const blowUpRounds = 5;

/**
 * Whether an attack costs incomparably more than a harmless request, each time of at least `times`. Delays only add to a time: the quickest attack is held
 * against the control in the middle, so that a busy machine neither makes a blow-up of a slow answer nor hides one behind a single slow control.
 */
export function isBlowUp(pairs: readonly TimedPair[], times: number): boolean {
  if (pairs.length < times) return false;
  const control = median(pairs.map(({ controlMs }) => controlMs));
  const attack = Math.min(...pairs.map(({ attackMs }) => attackMs));
  return attack >= leastMs && attack >= leastRatio * control;
}

/** Whether no further pair of the rounds can make a blow-up of these: an attack was quick, or the control in the middle is bound to be slow. */
export function cannotBlowUp(pairs: readonly TimedPair[]): boolean {
  const attack = Math.min(...pairs.map(({ attackMs }) => attackMs));
  const slow = pairs.filter(({ controlMs }) => leastRatio * controlMs > attack);
  return attack < leastMs || slow.length > blowUpRounds / 2;
}
