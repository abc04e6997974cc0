import { rounded } from './latency.ts';
import type { TimelinePoint } from './plots.ts';
import { quantile } from './quantile.ts';

/** Stretches there are at most; each is one of these many milliseconds long. */
const mostPoints = 160;
const lengths = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000];

/** The run in equal stretches from its first request to its last: how many requests and statements began in each, and how long they took. */
export function timelineOf(
  requests: readonly { readonly at: number; readonly ms: number; readonly failed: boolean }[],
  statements: readonly number[],
): readonly TimelinePoint[] {
  if (requests.length === 0) return [];
  const first = requests.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const last = requests.reduce((most, { at }) => Math.max(most, at), 0);
  const length = lengths.find((each) => (last - first) / each < mostPoints) ?? (last - first) / mostPoints;
  const begin = Math.floor(first / length) * length;
  const indexOf = (at: number): number => Math.floor((at - begin) / length);
  const stretches = Array.from({ length: indexOf(last) + 1 }, () => ({
    times: [] as number[],
    failed: 0,
    statements: 0,
  }));
  for (const { at, ms, failed } of requests) {
    const stretch = stretches[indexOf(at)];
    stretch?.times.push(ms);
    if (stretch !== undefined && failed) stretch.failed += 1;
  }
  for (const at of statements) {
    const stretch = stretches[indexOf(at)];
    if (stretch !== undefined) stretch.statements += 1;
  }
  return stretches.map(({ times, failed, statements: seen }, index) => {
    const ascending = times.sort((a, b) => a - b);
    const at = (share: number): number | null => (times.length === 0 ? null : rounded(quantile(ascending, share)));
    return {
      at: begin + index * length,
      requests: times.length,
      failed,
      statements: seen,
      perSecond: rounded((times.length / length) * 1000),
      p50: at(0.5),
      p95: at(0.95),
    };
  });
}
