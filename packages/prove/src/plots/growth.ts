import type { GrowthSeries, PowerFit } from './plots.ts';

/** What `performance/cost-growth` keeps of one request at several sizes. */
interface Measured {
  readonly rows: number;
  readonly items: number;
  readonly statements: number | null;
  readonly rowsRead: number | null;
  readonly times: readonly number[];
}

const kinds: readonly string[] = ['page', 'search', 'one', 'all', 'length'] satisfies GrowthSeries['kind'][];

/** The series in the evidence of `performance/cost-growth`; none when it has another form. */
export function growthOf(evidence: unknown): readonly GrowthSeries[] {
  if (!hasSeries(evidence)) return [];
  return evidence.series.filter(isSeries).flatMap(({ operation, kind, measured }) => {
    if (measured.length < 2) return [];
    const over = kind === 'length' || kind === 'all' ? 'items' : 'rows';
    const points = measured.map((each) => ({
      size: each[over],
      statements: each.statements,
      rowsRead: each.rowsRead,
      ms: each.times.length === 0 ? null : Number(Math.min(...each.times).toPrecision(4)),
    }));
    const fit = (cost: 'statements' | 'rowsRead' | 'ms'): PowerFit | null =>
      powerFit(points.map((point) => [point.size, point[cost]]));
    return [
      {
        operation,
        kind,
        over,
        points,
        fit: { statements: fit('statements'), rowsRead: fit('rowsRead'), ms: fit('ms') },
      },
    ];
  });
}

/** Least squares on both logarithms; null where fewer than two sizes have a cost above nothing. */
export function powerFit(points: readonly (readonly [size: number, cost: number | null])[]): PowerFit | null {
  const logs = points.flatMap(([size, cost]) =>
    size > 0 && cost !== null && cost > 0 ? [[Math.log(size), Math.log(cost)] as const] : [],
  );
  const meanOf = (axis: 0 | 1): number => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [x, y] = [meanOf(0), meanOf(1)];
  const spread = logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  if (logs.length < 2 || spread === 0) return null;
  const exponent = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
  return { factor: Number(Math.exp(y - exponent * x).toPrecision(4)), exponent: Number(exponent.toFixed(3)) };
}

function hasSeries(evidence: unknown): evidence is { readonly series: readonly unknown[] } {
  return typeof evidence === 'object' && evidence !== null && 'series' in evidence && Array.isArray(evidence.series);
}

function isSeries(value: unknown): value is {
  readonly operation: string;
  readonly kind: GrowthSeries['kind'];
  readonly measured: readonly Measured[];
} {
  return (
    typeof value === 'object' &&
    value !== null &&
    'operation' in value &&
    typeof value.operation === 'string' &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    kinds.includes(value.kind) &&
    'measured' in value &&
    Array.isArray(value.measured) &&
    value.measured.every(isMeasured)
  );
}

function isMeasured(value: unknown): value is Measured {
  if (typeof value !== 'object' || value === null) return false;
  const { rows, items, times } = value as Readonly<Record<string, unknown>>;
  return typeof rows === 'number' && typeof items === 'number' && Array.isArray(times);
}
