import { useState } from 'react';
import { Figure, Pointing, XAxis, YAxis } from '../../../report/plots/figure.tsx';
import { linear, short, ticksTo } from '../../../report/plots/scale.ts';
import { plural } from '../../../shell/words.ts';

/** How many questions come due on each of the next days. */
export function ForecastPlot({ now, forecast }: { readonly now: string; readonly forecast: readonly number[] }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const day = (index: number): string => {
    const date = new Date(now);
    // Not so many hours later: two days of a year have other lengths.
    date.setDate(date.getDate() + index);
    return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  };
  const sum = forecast.reduce((all, each) => all + each, 0);
  return (
    <Figure
      title="Forecast"
      caption={`${plural(sum, 'question')} come due within ${forecast.length} days, ${forecast[0] ?? 0} of them today.`}
      readout={pointed === null ? '' : `${day(pointed)}: ${plural(forecast[pointed] ?? 0, 'question')}`}
      table={{ head: ['Day', 'Questions due'], rows: forecast.map((count, index) => [day(index), count]) }}
    >
      {(frame) => {
        const ticks = ticksTo(Math.max(1, ...forecast)).filter(Number.isInteger);
        const y = linear([0, ticks.at(-1) ?? 1], [frame.bottom, frame.top]);
        const x = linear([0, forecast.length], [frame.left, frame.right]);
        return (
          <>
            <YAxis frame={frame} ticks={ticks} y={y} label={short} />
            {forecast.map((count, index) => (
              <rect
                // oxlint-disable-next-line react/no-array-index-key -- a day is its place
                key={index}
                className="plot-bar"
                x={x(index) + 1}
                y={y(count)}
                width={Math.max(1, x(1) - x(0) - 2)}
                height={frame.bottom - y(count)}
                rx={1.5}
              />
            ))}
            <XAxis
              frame={frame}
              ticks={forecast.map((_, index) => index).filter((index) => index % 5 === 0)}
              x={(index) => x(index + 0.5)}
              label={day}
            />
            <Pointing
              frame={frame}
              edges={[...forecast.keys(), forecast.length].map((index) => x(index))}
              onPoint={setPointed}
            />
          </>
        );
      }}
    </Figure>
  );
}
