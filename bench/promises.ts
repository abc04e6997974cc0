/** What the benchmarks promise. A script that measured something else than was promised says so and fails. */

export interface Promised {
  /** What is measured, in words. */
  readonly what: string;
  /** Not a number when it could not be measured. */
  readonly measured: number;
  readonly bound: 'at most' | 'below' | 'at least';
  readonly limit: number;
  /** Empty for a ratio or a count. */
  readonly unit: string;
}

/** Something that a figure needs and that is not there, or told nothing: no fault of what is measured. */
export class NotMeasured extends Error {}

/** Of `parseArgs`, for every script that promises something. */
export const promiseOptions = { 'report-only': { type: 'boolean', default: false } } as const;

export const atMost = (what: string, measured: number, limit: number, unit = ''): Promised => ({
  what,
  measured,
  bound: 'at most',
  limit,
  unit,
});

export const below = (what: string, measured: number, limit: number, unit = ''): Promised => ({
  ...atMost(what, measured, limit, unit),
  bound: 'below',
});

export const atLeast = (what: string, measured: number, limit: number, unit = ''): Promised => ({
  ...atMost(what, measured, limit, unit),
  bound: 'at least',
});

export interface Account {
  readonly lines: readonly string[];
  /** 0: everything was kept. 1: something was missed. 3: nothing was missed, and not everything could be measured. */
  readonly status: 0 | 1 | 3;
}

/** @param lacking what could not be had to compare with, a sentence each */
export function accountOf(promises: readonly Promised[], lacking: readonly string[] = []): Account {
  const missed = promises.filter((each) => isMeasured(each) && !isKept(each));
  const unmeasured = promises.filter((each) => !isMeasured(each));
  const lines = [
    ...missed.map((each) => `missed: ${each.what}: measured ${figure(each.measured, each)}, ${promiseOf(each)}`),
    ...unmeasured.map((each) => `not measured: ${each.what}, ${promiseOf(each)}`),
    ...lacking.map((each) => `not measured: ${each}`),
  ];
  if (missed.length > 0) return { lines, status: 1 };
  if (lines.length > 0 || promises.length === 0) return { lines, status: 3 };
  return { lines: [promises.length === 1 ? 'the promise is kept' : `${promises.length} promises are kept`], status: 0 };
}

/**
 * Says on standard error what was missed, and sets the exit status. With `--report-only` a missed promise is said and does not fail; what could
 * not be measured still does.
 */
export function settle(promises: readonly Promised[], lacking: readonly string[] = []): void {
  const { lines, status } = accountOf(promises, lacking);
  process.stderr.write(`${lines.join('\n')}\n`);
  const missedAlone = status === 1 && lacking.length === 0 && promises.every(isMeasured);
  process.exitCode = status === 1 && process.argv.includes('--report-only') ? (missedAlone ? 0 : 3) : status;
}

/** For the end of a script: what could not be measured is a plain line and status 3, every other error is thrown on. */
export function settleWithout(error: unknown): void {
  if (!(error instanceof NotMeasured)) throw error;
  settle([], [error.message]);
}

function isMeasured({ measured }: Promised): boolean {
  return Number.isFinite(measured);
}

function isKept({ measured, bound, limit }: Promised): boolean {
  switch (bound) {
    case 'at most':
      return measured <= limit;
    case 'below':
      return measured < limit;
    case 'at least':
      return measured >= limit;
  }
}

function promiseOf(promised: Promised): string {
  return `promised ${promised.bound} ${figure(promised.limit, promised)}`;
}

/** Exact to the hundredth: what is missed by little is not rounded into what was promised. */
function figure(value: number, { unit, limit }: Promised): string {
  const short = Number(value.toFixed(2));
  const told = String(short === limit ? value : short);
  return unit === '' ? told : `${told} ${unit}`;
}
