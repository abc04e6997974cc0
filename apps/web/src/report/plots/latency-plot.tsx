import type { LatencySeries } from '@assay/prove';
import { useState } from 'react';
import { Select } from '../../design/field.tsx';
import { visible } from '../../design/visible.ts';
import { count, duration } from '../text/figures.ts';
import { Figure, Pointing, XAxis, YAxis } from './figure.tsx';
import { linear, logarithmic, logTicks, short, ticksTo } from './scale.ts';

const marks = [
  ['p50', '50 %'],
  ['p95', '95 %'],
  ['p99', '99 %'],
] as const;

/** How many requests took how long, on a logarithmic axis, with the percentiles marked. */
export function LatencyPlot({ latency }: { readonly latency: readonly LatencySeries[] }) {
  const [chosen, setChosen] = useState('');
  const [pointed, setPointed] = useState<number | null>(null);
  const series = latency.find(({ operation }) => operation === (chosen === '' ? null : chosen)) ?? latency[0];
  if (series === undefined) return null;
  const { bounds, counts } = series;
  const factor = bounds.length > 1 ? (bounds[1] ?? 1) / (bounds[0] ?? 1) : 1.33;
  const upper = (index: number): number => bounds[index + 1] ?? (bounds.at(-1) ?? 1) * factor;
  return (
    <Figure
      title="Latency of requests"
      caption={`Half within ${duration(series.p50)}, 95 % within ${duration(series.p95)}, 99 % within ${duration(series.p99)}, the slowest ${duration(series.slowest)}; ${count(series.requests, 'request')}.`}
      controls={
        <Select
          aria-label="Operation"
          value={chosen}
          onChange={(event) => {
            setChosen(event.target.value);
            setPointed(null);
          }}
        >
          {latency.map(({ operation }) => (
            <option key={operation ?? ''} value={operation ?? ''}>
              {operation === null ? 'All operations' : visible(operation)}
            </option>
          ))}
        </Select>
      }
      readout={
        pointed === null
          ? ''
          : `${count(counts[pointed] ?? 0, 'request')} took ${duration(bounds[pointed] ?? 0)} to ${duration(upper(pointed))}`
      }
      table={{
        head: ['from', 'to', 'requests'],
        rows: bounds.map((bound, index) => [
          duration(bound),
          duration(upper(index)),
          counts[index]?.toLocaleString('en'),
        ]),
      }}
    >
      {(frame) => {
        const range = [bounds[0] ?? 0.1, upper(bounds.length - 1)] as const;
        const x = logarithmic(range, [frame.left, frame.right]);
        const ticks = ticksTo(Math.max(...counts));
        const y = linear([0, ticks.at(-1) ?? 1], [frame.bottom, frame.top]);
        return (
          <>
            <YAxis frame={frame} ticks={ticks} y={y} label={short} />
            {counts.map((number, index) => {
              const from = x(bounds[index] ?? 0);
              return (
                <rect
                  key={bounds[index]}
                  className="plot-bar"
                  x={from + 0.75}
                  y={y(number)}
                  width={Math.max(1, x(upper(index)) - from - 1.5)}
                  height={frame.bottom - y(number)}
                  rx={1.5}
                />
              );
            })}
            {marks.map(([key, word], index) => (
              <g key={key}>
                <line className="plot-mark" x1={x(series[key])} x2={x(series[key])} y1={frame.top} y2={frame.bottom} />
                <text className="plot-mark-text" x={x(series[key]) + 3} y={frame.top + 9 + index * 13}>
                  {word}
                </text>
              </g>
            ))}
            <XAxis frame={frame} ticks={logTicks(...range)} x={x} label={duration} />
            <Pointing frame={frame} edges={[...bounds.map((bound) => x(bound)), frame.right]} onPoint={setPointed} />
          </>
        );
      }}
    </Figure>
  );
}
