import type { LatencySeries } from './plots.ts';
import { quantile } from './quantile.ts';

/** Classes for each power of ten. */
const classesPerDecade = 8;
/** Milliseconds; the clock tells no less apart. */
const shortest = 0.1;
const classOf = (ms: number): number => Math.floor(Math.log10(Math.max(shortest, ms)) * classesPerDecade);

/** The distribution of all requests first, then that of each operation, the one with the most requests first. */
export function latencySeries(
  timed: readonly { readonly operation: string | null; readonly ms: number }[],
): readonly LatencySeries[] {
  if (timed.length === 0) return [];
  const classes = timed.map(({ ms }) => classOf(ms));
  const low = classes.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const high = classes.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  const bounds = Array.from({ length: high - low + 1 }, (_, index) =>
    rounded(10 ** ((index + low) / classesPerDecade)),
  );
  const seriesOf = (operation: string | null, times: readonly number[]): LatencySeries => {
    const ascending = times.toSorted((a, b) => a - b);
    const counts = bounds.map(() => 0);
    for (const ms of times) counts[classOf(ms) - low] = (counts[classOf(ms) - low] ?? 0) + 1;
    return {
      operation,
      requests: times.length,
      p50: rounded(quantile(ascending, 0.5)),
      p95: rounded(quantile(ascending, 0.95)),
      p99: rounded(quantile(ascending, 0.99)),
      slowest: rounded(ascending.at(-1) ?? 0),
      bounds,
      counts,
    };
  };
  const byOperation = Map.groupBy(timed, ({ operation }) => operation);
  return [
    seriesOf(
      null,
      timed.map(({ ms }) => ms),
    ),
    ...[...byOperation]
      .flatMap(([operation, some]) =>
        operation === null
          ? []
          : [
              seriesOf(
                operation,
                some.map(({ ms }) => ms),
              ),
            ],
      )
      .sort((a, b) => b.requests - a.requests),
  ];
}

export function rounded(ms: number): number {
  return Number(ms.toPrecision(4));
}
