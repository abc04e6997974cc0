import type { GrowthSeries, PowerFit } from '@assay/prove';
import { useState } from 'react';
import { Select } from '../../design/field.tsx';
import { visible } from '../../design/visible.ts';
import { duration } from '../text/figures.ts';
import { Figure, pathOf, XAxis, YAxis } from './figure.tsx';
import { logarithmic, logTicks, short } from './scale.ts';

const costs = {
  rowsRead: 'rows read',
  statements: 'statements',
  ms: 'time',
} as const satisfies Record<keyof GrowthSeries['fit'], string>;
type Cost = keyof typeof costs;

const kinds: Readonly<Record<GrowthSeries['kind'], string>> = {
  page: 'a page',
  search: 'a search',
  one: 'one thing',
  all: 'the whole list',
  length: 'longer and longer pages',
};
const colours = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'];
/** So many are drawn at once: those that grow most. */
const drawn = 4;

/** What reading costs as there is more, on logarithmic axes, where a power law is a line and its exponent the slope. */
export function GrowthPlot({ growth }: { readonly growth: readonly GrowthSeries[] }) {
  const [cost, setCost] = useState<Cost>(() =>
    steepestExponent(growth, 'statements') > 0.2 ? 'statements' : 'rowsRead',
  );
  const [over, setOver] = useState<GrowthSeries['over']>(
    growth.some((series) => series.over === 'rows') ? 'rows' : 'items',
  );
  const shown = growth
    .filter((series) => series.over === over)
    .map((series) => ({ series, fit: series.fit[cost], points: pointsOf(series, cost) }))
    .filter(({ points }) => points.length > 1)
    .sort((a, b) => (b.fit?.exponent ?? 0) - (a.fit?.exponent ?? 0));
  const first = shown.slice(0, drawn);
  const all = first.flatMap(({ points }) => points);
  const say = (value: number): string => (cost === 'ms' ? duration(value) : short(value));
  const steepest = shown[0];
  return (
    <Figure
      title="What reading costs as there is more"
      caption={
        steepest === undefined
          ? `Nothing that was measured cost any ${costs[cost]} here.`
          : (steepest.fit?.exponent ?? 0) < 0.05
            ? 'Fitted: cost = factor · size^exponent. None of it grows: every exponent is 0.'
            : `Fitted: cost = factor · size^exponent. The steepest is ${nameOf(steepest.series)} with an exponent of ${exponentOf(steepest.fit)}; 0 is constant, 1 proportional, 2 quadratic.`
      }
      controls={
        <span className="figure-controls">
          <Select aria-label="Cost" value={cost} onChange={(event) => setCost(event.target.value as Cost)}>
            {Object.entries(costs).map(([key, word]) => (
              <option key={key} value={key}>
                {word}
              </option>
            ))}
          </Select>
          <Select
            aria-label="Over"
            value={over}
            onChange={(event) => setOver(event.target.value === 'items' ? 'items' : 'rows')}
          >
            <option value="rows">over rows stored</option>
            <option value="items">over items asked for</option>
          </Select>
        </span>
      }
      legend={first.map(({ series, fit }, index) => ({
        name: `${nameOf(series)}: n^${exponentOf(fit)}`,
        colour: colours[index] ?? '',
      }))}
      table={{
        head: ['request', 'sizes', costs[cost], 'factor', 'exponent'],
        rows: shown.map(({ series, points, fit }) => [
          nameOf(series),
          points.map(([size]) => short(size)).join(', '),
          points.map(([, value]) => say(value)).join(', '),
          fit === null ? '' : short(fit.factor),
          exponentOf(fit),
        ]),
      }}
    >
      {(frame) => {
        if (all.length === 0) return null;
        const xs = all.map(([size]) => size);
        const ys = all.map(([, value]) => value);
        const xRange = [Math.min(...xs), Math.max(...xs) * 1.05] as const;
        const yRange = [Math.min(...ys) * 0.8, Math.max(...ys, Math.min(...ys) * 10)] as const;
        const x = logarithmic(xRange, [frame.left + 8, frame.right - 8]);
        const y = logarithmic(yRange, [frame.bottom, frame.top]);
        const sizes = [...new Set(xs)].sort((a, b) => a - b);
        return (
          <>
            <YAxis frame={frame} ticks={logTicks(...yRange)} y={y} label={say} />
            {first.map(({ series, points, fit }, index) => (
              <g key={nameOf(series)} style={{ color: colours[index] }}>
                {fit === null ? null : (
                  <path
                    d={pathOf(sizes.map((size) => [x(size), y(fit.factor * size ** fit.exponent)]))}
                    stroke="currentColor"
                    strokeWidth="1.75"
                    strokeDasharray="5 4"
                    fill="none"
                  />
                )}
                {points.map(([size, value]) => (
                  <circle key={size} cx={x(size)} cy={y(value)} r={4} fill="currentColor">
                    <title>{`${nameOf(series)}: ${say(value)} at ${short(size)}`}</title>
                  </circle>
                ))}
              </g>
            ))}
            <XAxis frame={frame} ticks={sizes} x={x} label={short} />
          </>
        );
      }}
    </Figure>
  );
}

function steepestExponent(growth: readonly GrowthSeries[], cost: Cost): number {
  return growth.reduce((most, { over, fit }) => (over === 'rows' ? Math.max(most, fit[cost]?.exponent ?? 0) : most), 0);
}

function pointsOf(series: GrowthSeries, cost: Cost): readonly (readonly [number, number])[] {
  return series.points.flatMap((point) => {
    const value = point[cost];
    return value === null || value <= 0 ? [] : [[point.size, value] as const];
  });
}

function nameOf({ operation, kind }: GrowthSeries): string {
  return `${visible(operation)}, ${kinds[kind]}`;
}

function exponentOf(fit: PowerFit | null): string {
  return fit === null ? '?' : Math.abs(fit.exponent) < 0.005 ? '0' : fit.exponent.toFixed(2);
}
