import { type Estimate, slopeOf } from './statistics.ts';

/** Resident bytes after so many requests. */
export interface Sample {
  readonly requests: number;
  readonly bytes: number;
}

/** A backend that grew over the first rounds is watched for many more: most stop. */
export const rounds = { first: 6, enough: 12, doubtful: 24, most: 36 };
/** Growth that a finding needs: in all, and for each request. */
const leastBytes = 32 * 1024 * 1024;
const leastPerRequest = 1024;
/**
 * How much of the mean step from quarter to quarter each step must be, and the last. A heap that finds its size grows in leaps, and then no more; a leak
 * grows with the requests. Before many rounds have been seen each step must be near the mean.
 */
const leastSteps = { each: 0.25, last: 0.5, early: 0.5 };
/** The most of all growth that may come in one round: more is a leap, and then many rounds have to be seen. */
const mostAtOnce = 0.25;
/** Of the growth before, so much at least goes on where it is not what new addresses leave behind. */
const leastGoingOn = 0.5;

/** Growth that is a leak, in bytes for each request; null when it is none, or cannot be told from a heap that finds its size. */
export function growthOf(samples: readonly Sample[]): Estimate | null {
  const each = samples.length > rounds.doubtful ? leastSteps.each : leastSteps.early;
  const isLeak =
    samples.length > (leaps(samples) ? rounds.doubtful : rounds.enough) &&
    isSuspicious(samples) &&
    isSteady(samples, each) &&
    isGrowing(samples) &&
    grown(samples) >= leastBytes;
  return isLeak ? slopeOf(points(samples)) : null;
}

/** Whether the last rounds grew as those before them: a heap that has just found its size has grown at the beginning of the last quarter, and no more. */
function isGrowing(samples: readonly Sample[]): boolean {
  const [all, last] = [samples, samples.slice(-Math.max(rounds.first + 1, Math.ceil(samples.length / 4)))].map(
    (some) => slopeOf(points(some))?.value ?? 0,
  );
  return (last ?? 0) >= leastSteps.each * (all ?? 0);
}

/** From the first to the last, in bytes. */
export function grown(samples: readonly Sample[]): number {
  return (samples.at(-1)?.bytes ?? 0) - (samples[0]?.bytes ?? 0);
}

/** How much it grew with each request in the latter half, in bytes: what a heap took while it found its size does not count. Null for too few samples. */
export function latelyGrowing(samples: readonly Sample[]): number | null {
  return slopeOf(points(samples.slice(-Math.max(5, Math.ceil(samples.length / 2)))))?.value ?? null;
}

/** Whether it went on growing as before, by so many of the last rounds. Null when that was not seen for long enough. */
export function growsOn(growth: Estimate, later: readonly Sample[], last = rounds.first): boolean | null {
  const now = slopeOf(points(later.slice(-(last + 1))));
  return now === null ? null : now.value >= leastGoingOn * growth.value;
}

/** Whether it grew over the rounds so far, as a leak would make it, or so many times as much. */
export function isSuspicious(samples: readonly Sample[], times = 1): boolean {
  return (slopeOf(points(samples))?.value ?? 0) >= times * leastPerRequest;
}

/** Whether it has grown much, and not for long enough to tell. */
export function mayGoOn(samples: readonly Sample[]): boolean {
  return samples.length <= rounds.doubtful && grown(samples) >= leastBytes && isSteady(samples);
}

/** Whether it grew at the end as at the beginning. Collectors give back at some time: what is left at the least is what is kept. */
export function isSteady(samples: readonly Sample[], each = leastSteps.each): boolean {
  const quarter = samples.length / 4;
  const least = [0, 1, 2, 3].map((at) =>
    Math.min(...samples.slice(Math.floor(at * quarter), Math.floor((at + 1) * quarter)).map(({ bytes }) => bytes)),
  );
  const steps = least.slice(1).map((bytes, index) => bytes - (least[index] ?? 0));
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  return mean > 0 && steps.every((step) => step >= each * mean) && (steps.at(-1) ?? 0) >= leastSteps.last * mean;
}

/** Whether much of the growth came at once. */
function leaps(samples: readonly Sample[]): boolean {
  const steps = samples.slice(1).map(({ bytes }, index) => bytes - (samples[index]?.bytes ?? 0));
  return Math.max(...steps) > mostAtOnce * grown(samples);
}

function points(samples: readonly Sample[]): readonly (readonly [number, number])[] {
  return samples.map(({ requests, bytes }) => [requests, bytes] as const);
}
