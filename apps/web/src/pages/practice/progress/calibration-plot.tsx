import type { PracticeProgress } from '../../../client/generated/api.ts';
import { Panel } from '../../../design/panel.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { Figure, XAxis, YAxis } from '../../../report/plots/figure.tsx';
import { linear } from '../../../report/plots/scale.ts';
import { plural } from '../../../shell/words.ts';
import { percent } from '../words.ts';

/** What was foreseen against what was known: the nearer to the line, the better the schedule knows this memory. */
export function CalibrationPlot({ tenths }: { readonly tenths: PracticeProgress['calibration'] }) {
  if (tenths.length === 0)
    return (
      <Panel title="Calibration">
        <EmptyState icon="chart" title="Nothing was foreseen yet">
          <p>It takes a second answer to one question to compare what was foreseen with what was known.</p>
        </EmptyState>
      </Panel>
    );
  const most = Math.max(...tenths.map(({ reviews }) => reviews));
  const all = tenths.reduce((sum, { reviews }) => sum + reviews, 0);
  return (
    <Figure
      title="Calibration"
      caption={`Of ${plural(all, 'review')}: what was foreseen (across) against the share that was known (up). On the line, the two agree.`}
      table={{
        head: ['Foreseen', 'Reviews', 'Mean foreseen', 'Known'],
        rows: tenths.map(({ from, reviews, expected, known }) => [
          `${percent(from)} to ${percent(Math.min(1, from + 0.1))}`,
          reviews,
          percent(expected),
          percent(known),
        ]),
      }}
    >
      {(frame) => {
        const y = linear([0, 1], [frame.bottom, frame.top]);
        // The last label stands half beyond the axis.
        const x = linear([0, 1], [frame.left, frame.right - 16]);
        return (
          <>
            <YAxis frame={frame} ticks={[0, 0.25, 0.5, 0.75, 1]} y={y} label={percent} />
            <line className="plot-mark" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
            {tenths.map(({ from, reviews, expected, known }) => (
              <circle
                key={from}
                className="plot-dot"
                cx={x(expected)}
                cy={y(known)}
                r={4 + 8 * Math.sqrt(reviews / most)}
              >
                <title>{`${plural(reviews, 'review')}: ${percent(expected)} foreseen, ${percent(known)} known`}</title>
              </circle>
            ))}
            <XAxis frame={frame} ticks={[0, 0.25, 0.5, 0.75, 1]} x={x} label={percent} />
          </>
        );
      }}
    </Figure>
  );
}
