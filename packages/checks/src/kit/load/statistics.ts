/** An estimate with its 95 % confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Student's t, two-sided 95 %, by degrees of freedom from 1 on. */
const t95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179];

/** The geometric mean of ratios, each of one round, with its t-interval over the rounds. Null for fewer than three. */
export function ratioOver(ratios: readonly number[]): Estimate | null {
  const logs = ratios.filter((ratio) => ratio > 0 && Number.isFinite(ratio)).map(Math.log);
  if (logs.length < 3) return null;
  const mean = sumOf(logs) / logs.length;
  const variance = sumOf(logs.map((log) => (log - mean) ** 2)) / (logs.length - 1);
  const spread = (t95[logs.length - 2] ?? 2) * Math.sqrt(variance / logs.length);
  return { value: Math.exp(mean), low: Math.exp(mean - spread), high: Math.exp(mean + spread) };
}

/** The power of `x` with which `y` grows: the slope of a line through the logarithms, with its t-interval. Null for fewer than three points above nothing. */
export function powerOf(points: readonly (readonly [x: number, y: number])[]): Estimate | null {
  const logs = points.filter(([x, y]) => x > 0 && y > 0).map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  if (logs.length < 3) return null;
  const mean = [0, 1].map((axis) => sumOf(logs.map((point) => point[axis] ?? 0)) / logs.length);
  const [mx = 0, my = 0] = mean;
  const width = sumOf(logs.map(([x]) => (x - mx) ** 2));
  if (width === 0) return null;
  const value = sumOf(logs.map(([x, y]) => (x - mx) * (y - my))) / width;
  const rest = sumOf(logs.map(([x, y]) => (y - my - value * (x - mx)) ** 2));
  const spread = (t95[logs.length - 3] ?? 2) * Math.sqrt(rest / (logs.length - 2) / width);
  return { value, low: value - spread, high: value + spread };
}

/**
 * The slope of a line through points by Theil and Sen: the median of the slopes of all pairs, which a few outliers do not move; those one above the other have none. The interval is the
 * middle 90 % of these slopes: wider than a confidence interval, and without assumptions. Null for fewer than five points, or all of them one above the other.
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Estimate | null {
  if (points.length < 5) return null;
  const slopes = points
    .flatMap(([x, y], index) => points.slice(index + 1).flatMap(([a, b]) => (a === x ? [] : [(b - y) / (a - x)])))
    .sort((a, b) => a - b);
  if (slopes.length === 0) return null;
  return { value: quantile(slopes, 0.5), low: quantile(slopes, 0.05), high: quantile(slopes, 0.95) };
}

export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
