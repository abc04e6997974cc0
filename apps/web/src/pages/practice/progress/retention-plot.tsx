import type { PracticeProgress } from '../../../client/generated/api.ts';
import { Panel } from '../../../design/panel.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { Figure, pathOf, XAxis, YAxis } from '../../../report/plots/figure.tsx';
import { linear } from '../../../report/plots/scale.ts';
import { percent } from '../words.ts';

type Weeks = PracticeProgress['retentionByWeek'];

/** How much of what came again was known, week by week, beside what was foreseen and what is wanted. */
export function RetentionPlot({ weeks, wanted }: { readonly weeks: Weeks; readonly wanted: number }) {
  const last = weeks.at(-1);
  if (last === undefined)
    return (
      <Panel title="Retention">
        <EmptyState icon="clock" title="No question has come twice yet">
          <p>From the first that does, the share that you still knew is drawn here week by week.</p>
        </EmptyState>
      </Panel>
    );
  const day = (index: number): string =>
    new Date(weeks[index]?.week ?? last.week).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'short',
      // It is a date without a time, which is read as one in UTC.
      timeZone: 'UTC',
    });
  return (
    <Figure
      title="Retention"
      caption={`In the week of ${day(weeks.length - 1)} you knew ${percent(last.known)} of ${last.reviews} that came again; ${percent(last.expected)} was foreseen.`}
      legend={[
        { name: 'known', colour: 'var(--series-1)' },
        { name: 'foreseen', colour: 'var(--series-2)' },
        { name: `wanted, ${percent(wanted)}`, colour: 'var(--ink-2)' },
      ]}
      table={{
        head: ['Week of', 'Reviews', 'Known', 'Foreseen'],
        rows: weeks.map(({ week, reviews, known, expected }) => [week, reviews, percent(known), percent(expected)]),
      }}
    >
      {(frame) => {
        const y = linear([0, 1], [frame.bottom, frame.top]);
        const x = linear([-0.5, weeks.length - 0.5], [frame.left, frame.right]);
        return (
          <>
            <YAxis frame={frame} ticks={[0, 0.25, 0.5, 0.75, 1]} y={y} label={percent} />
            <line className="plot-mark" x1={frame.left} x2={frame.right} y1={y(wanted)} y2={y(wanted)} />
            <path
              className="plot-line plot-line-2"
              d={pathOf(weeks.map(({ expected }, index) => [x(index), y(expected)]))}
            />
            <path className="plot-line" d={pathOf(weeks.map(({ known }, index) => [x(index), y(known)]))} />
            {weeks.map(({ week, known }, index) => (
              <circle key={week} className="plot-bar" cx={x(index)} cy={y(known)} r={3} />
            ))}
            <XAxis frame={frame} ticks={weeks.map((_, index) => index)} x={x} label={day} />
          </>
        );
      }}
    </Figure>
  );
}
