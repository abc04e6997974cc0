import type { UsageSample } from '@assay/contract';
import type { MemoryPoint } from '@assay/prove';
import { useState } from 'react';
import { duration, size } from '../text/figures.ts';
import { Figure, pathOf, Pointing, XAxis, YAxis } from './figure.tsx';
import { linear, short, ticksBetween, ticksTo } from './scale.ts';

const mebibyte = 1024 * 1024;

/** The memory of the backend's processes over the time of the run. */
export function UsagePlot({ usage }: { readonly usage: readonly UsageSample[] }) {
  const [pointed, setPointed] = useState<number | null>(null);
  if (usage.length < 3) return null;
  const sample = pointed === null ? undefined : usage[pointed];
  const most = usage.reduce((largest, { rssBytes }) => Math.max(largest, rssBytes), 0);
  const [begin, end] = [usage[0]?.at ?? 0, usage.at(-1)?.at ?? 1];
  return (
    <Figure
      title="Memory and CPU of the backend"
      caption={`At most ${size(most)}, all processes of the shared instance together.`}
      legend={[
        { name: 'resident memory', colour: 'var(--series-1)' },
        { name: 'CPU, share of one core', colour: 'var(--series-2)' },
      ]}
      readout={
        sample === undefined
          ? ''
          : `${duration(sample.at)}: ${size(sample.rssBytes)}, ${Math.round(sample.cpu * 100)} % of a core`
      }
      table={{
        head: ['time', 'memory', 'CPU'],
        rows: usage.map(({ at, rssBytes, cpu }) => [duration(at), size(rssBytes), `${Math.round(cpu * 100)} %`]),
      }}
    >
      {(frame) => {
        const ticks = ticksTo(most / mebibyte);
        const x = linear([begin, end], [frame.left, frame.right]);
        const y = linear([0, ticks.at(-1) ?? 1], [frame.bottom, frame.top]);
        const busy = linear([0, Math.max(1, ...usage.map(({ cpu }) => cpu)) * 3], [frame.bottom, frame.top]);
        const line = pathOf(usage.map(({ at, rssBytes }) => [x(at), y(rssBytes / mebibyte)]));
        const middle = usage.map(({ at }, index) => x((at + (usage[index + 1]?.at ?? at)) / 2));
        return (
          <>
            <YAxis frame={frame} ticks={ticks} y={y} label={(value) => `${short(value)} M`} />
            <path
              className="plot-line"
              style={{ stroke: 'var(--series-2)', strokeWidth: 1 }}
              d={pathOf(usage.map(({ at, cpu }) => [x(at), busy(cpu)]))}
            />
            <path className="plot-area" d={`${line}L${x(end)} ${frame.bottom}L${x(begin)} ${frame.bottom}Z`} />
            <path className="plot-line" d={line} />
            <XAxis
              frame={frame}
              ticks={ticksBetween(begin / 1000, end / 1000, 6).map((each) => each * 1000)}
              x={x}
              label={(at) => (at === 0 ? '0' : duration(at))}
            />
            <Pointing frame={frame} edges={[frame.left, ...middle.slice(0, -1), frame.right]} onPoint={setPointed} />
          </>
        );
      }}
    </Figure>
  );
}

/** Resident memory after so many requests under load, as `performance/memory-growth` measured it. */
export function MemoryPlot({ memory }: { readonly memory: readonly MemoryPoint[] }) {
  if (memory.length < 3) return null;
  const most = memory.reduce((largest, { bytes }) => Math.max(largest, bytes), 0);
  const grown = (memory.at(-1)?.bytes ?? 0) - (memory[0]?.bytes ?? 0);
  const requests = (memory.at(-1)?.requests ?? 0) - (memory[0]?.requests ?? 0);
  return (
    <Figure
      title="Memory under load"
      caption={`${grown < 0 ? `It shrank by ${size(-grown)}` : `It grew by ${size(grown)}`} over ${requests.toLocaleString('en')} requests.`}
      table={{
        head: ['requests', 'memory'],
        rows: memory.map((point) => [point.requests.toLocaleString('en'), size(point.bytes)]),
      }}
    >
      {(frame) => {
        const ticks = ticksTo(most / mebibyte);
        const x = linear([memory[0]?.requests ?? 0, memory.at(-1)?.requests ?? 1], [frame.left + 6, frame.right - 6]);
        const y = linear([0, ticks.at(-1) ?? 1], [frame.bottom, frame.top]);
        const points = memory.map((point) => [x(point.requests), y(point.bytes / mebibyte)] as const);
        return (
          <>
            <YAxis frame={frame} ticks={ticks} y={y} label={(value) => `${short(value)} M`} />
            <path className="plot-line" d={pathOf(points)} />
            {memory.map((point, index) => (
              <circle key={point.requests} className="plot-bar" cx={points[index]?.[0]} cy={points[index]?.[1]} r={3.5}>
                <title>{`${size(point.bytes)} after ${point.requests.toLocaleString('en')} requests`}</title>
              </circle>
            ))}
            <XAxis frame={frame} ticks={memory.map((point) => point.requests)} x={x} label={short} />
          </>
        );
      }}
    </Figure>
  );
}
