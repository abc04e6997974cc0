import type { TimelinePoint } from '@assay/prove';
import { useState } from 'react';
import { count, duration } from '../text/figures.ts';
import { Figure, type Frame, pathOf, Pointing, XAxis, YAxis } from './figure.tsx';
import { linear, logarithmic, logTicks, short, ticksBetween, ticksTo } from './scale.ts';

/** Throughput and latency over the time of the run, below each other so that one explains the other. */
export function TimelinePlots({ timeline }: { readonly timeline: readonly TimelinePoint[] }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const length = (timeline[1]?.at ?? 0) - (timeline[0]?.at ?? 0);
  if (timeline.length < 2) return null;
  const point = pointed === null ? undefined : timeline[pointed];
  const begin = timeline[0]?.at ?? 0;
  const end = (timeline.at(-1)?.at ?? 0) + length;
  const xOf = (frame: Frame) => linear([begin, end], [frame.left, frame.right]);
  const edgesOf = (frame: Frame): readonly number[] => [...timeline.map(({ at }) => xOf(frame)(at)), frame.right];
  // In the time of the run, as the readout, the table and each exchange tell it.
  const seconds = ticksBetween(begin / 1000, end / 1000, 6).map((each) => each * 1000);
  const failed = timeline.reduce((sum, each) => sum + each.failed, 0);
  const busiest = timeline.reduce((most, each) => Math.max(most, each.perSecond), 0);
  const rows = timeline.map((each) => [
    duration(each.at),
    short(each.perSecond),
    each.failed.toLocaleString('en'),
    each.statements.toLocaleString('en'),
    each.p50 === null ? '' : duration(each.p50),
    each.p95 === null ? '' : duration(each.p95),
  ]);
  const table = { head: ['time', 'requests/s', 'failed', 'statements', '50 %', '95 %'], rows };
  const latencies = timeline.flatMap(({ p50, p95 }) => [p50, p95].filter((ms) => ms !== null));
  const range = [
    Math.max(
      0.1,
      latencies.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY),
    ),
    Math.max(
      1,
      latencies.reduce((most, ms) => Math.max(most, ms), 0),
    ),
  ] as const;
  return (
    <>
      <Figure
        title="Throughput over time"
        caption={`At most ${short(busiest)} requests/s; ${failed === 0 ? 'none' : failed.toLocaleString('en')} answered 5xx or not at all. Load that checks make for themselves is not recorded.`}
        legend={[
          { name: 'answered', colour: 'var(--series-1)' },
          { name: '5xx or no answer', colour: 'var(--failed)' },
        ]}
        readout={
          point === undefined
            ? ''
            : `${duration(point.at)}: ${short(point.perSecond)} requests/s, ${count(point.statements, 'statement')}`
        }
        table={table}
      >
        {(frame) => {
          const ticks = ticksTo(busiest);
          const x = xOf(frame);
          const y = linear([0, ticks.at(-1) ?? 1], [frame.bottom, frame.top]);
          const wide = Math.max(1, x(begin + length) - x(begin) - 0.75);
          return (
            <>
              <YAxis frame={frame} ticks={ticks} y={y} label={short} />
              {timeline.map((each) => {
                const bad = each.requests === 0 ? 0 : (each.failed / each.requests) * each.perSecond;
                return (
                  <g key={each.at}>
                    <rect
                      className="plot-bar"
                      x={x(each.at)}
                      y={y(each.perSecond)}
                      width={wide}
                      height={frame.bottom - y(each.perSecond)}
                    />
                    {bad === 0 ? null : (
                      <rect
                        fill="var(--failed)"
                        x={x(each.at)}
                        y={y(bad)}
                        width={wide}
                        height={frame.bottom - y(bad)}
                      />
                    )}
                  </g>
                );
              })}
              <XAxis frame={frame} ticks={seconds} x={x} label={(at) => (at === 0 ? '0' : duration(at))} />
              <Pointing frame={frame} edges={edgesOf(frame)} onPoint={setPointed} />
            </>
          );
        }}
      </Figure>
      <Figure
        title="Latency over time"
        caption="Half and 95 % of the requests that began in each stretch of the run were answered within this time."
        legend={[
          { name: '50 %', colour: 'var(--series-1)' },
          { name: '95 %', colour: 'var(--series-2)' },
        ]}
        readout={
          point === undefined || point.p50 === null || point.p95 === null
            ? ''
            : `${duration(point.at)}: 50 % ${duration(point.p50)}, 95 % ${duration(point.p95)}`
        }
        table={table}
      >
        {(frame) => {
          const x = xOf(frame);
          const y = logarithmic(range, [frame.bottom, frame.top]);
          const line = (key: 'p50' | 'p95'): string =>
            pathOf(
              timeline.map((each) => {
                const ms = each[key];
                return ms === null ? null : [x(each.at + length / 2), y(ms)];
              }),
            );
          return (
            <>
              <YAxis frame={frame} ticks={logTicks(...range)} y={y} label={duration} />
              <path className="plot-line" style={{ stroke: 'var(--series-2)' }} d={line('p95')} />
              <path className="plot-line" d={line('p50')} />
              <XAxis frame={frame} ticks={seconds} x={x} label={(at) => (at === 0 ? '0' : duration(at))} />
              <Pointing frame={frame} edges={edgesOf(frame)} onPoint={setPointed} />
            </>
          );
        }}
      </Figure>
    </>
  );
}
