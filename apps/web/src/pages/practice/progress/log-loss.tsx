import type { PracticeProgress } from '../../../client/generated/api.ts';
import { Panel } from '../../../design/panel.tsx';
import { EmptyState } from '../../../design/states.tsx';

/** How well three ways to foresee did on this person's own reviews. */
export function LogLossBars({ logLoss }: { readonly logLoss: PracticeProgress['logLoss'] }) {
  if (logLoss === null)
    return (
      <Panel title="Log loss">
        <EmptyState icon="swap" title="Nothing to compare yet">
          <p>With questions that came again, FSRS stands here beside SM-2 and the plain average.</p>
        </EmptyState>
      </Panel>
    );
  const rows = [
    ['FSRS, as scheduled here', logLoss.fsrs],
    ['SM-2', logLoss.sm2],
    ['Always the average', logLoss.average],
  ] as const;
  const most = Math.max(...rows.map(([, value]) => value), Math.LN2);
  const best = Math.min(...rows.map(([, value]) => value));
  return (
    <Panel
      title="Log loss"
      note={`Over ${logLoss.reviews.toLocaleString('en')} reviews that could be foreseen. Less is better; guessing one half is 0.693.`}
    >
      <ul className="losses">
        {rows.map(([name, value]) => (
          <li key={name} data-best={value === best}>
            <span>{name}</span>
            <span className="losses-bar" aria-hidden="true">
              <span style={{ width: `${(value / most) * 100}%` }} />
            </span>
            <b className="figures">{value.toFixed(3)}</b>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
