import type { StatementsOfOperation } from '@assay/prove';
import { Button } from '../../design/button.tsx';
import { Panel } from '../../design/panel.tsx';
import { visible } from '../../design/visible.ts';
import { useReport } from '../context.tsx';
import { count } from '../text/figures.ts';
import './statements-plot.css';

/** For each operation a bar from the fewest to the most statements of one request; the median is marked. */
export function StatementsPlot({ operations }: { readonly operations: readonly StatementsOfOperation[] }) {
  const { openExchange } = useReport();
  if (operations.length === 0) return null;
  const most = Math.max(...operations.map((each) => each.most));
  const share = (value: number): string => `${(value / most) * 100}%`;
  return (
    <Panel
      title="Statements of a request"
      note="From the fewest to the most that one request ran, with the median marked. A request whose statements cannot be told from those of others is not counted."
    >
      <ul className="ranges">
        {operations.map(({ operation, requests, least, median, most: highest, worst }) => (
          <li key={operation} className="range">
            <span className="range-name">{visible(operation)}</span>
            <span className="range-track" aria-hidden="true">
              <span
                className="range-bar"
                style={{ left: share(Math.max(0, least - 0.5)), right: `calc(100% - ${share(highest)})` }}
              />
              <span className="range-median" style={{ left: share(median) }} />
            </span>
            <span className="range-figures figures">
              {least === highest ? least : `${least} to ${highest}`}
              <span className="soft"> in {count(requests, 'request')}</span>
            </span>
            <Button size="s" variant="quiet" onClick={() => openExchange(worst)}>
              {worst}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
