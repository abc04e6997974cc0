import type { SkillResult } from '@assay/contract';
import './status-bar.css';

/** How many checks passed, failed and stayed undecided, as figures and as a bar; nothing by the bar's colours alone. */
export function StatusBar({ result: { passed, failed, undecided } }: { readonly result: SkillResult }) {
  const all = passed + failed + undecided;
  const parts = [
    ['passed', passed],
    ['failed', failed],
    ['undecided', undecided],
  ] as const;
  const rest = parts.flatMap(([status, number]) =>
    status === 'passed' || number === 0 ? [] : [`${number} ${status}`],
  );
  return (
    <div className="status-bar">
      <span className="status-figures figures">
        {passed}
        <span className="soft"> of {all} hold</span>
      </span>
      <span className="status-track" aria-hidden="true">
        {parts.map(([status, number]) =>
          number === 0 ? null : <span key={status} data-status={status} style={{ flexGrow: number }} />,
        )}
      </span>
      {rest.length === 0 ? null : <span className="status-rest soft figures">{rest.join(', ')}</span>}
    </div>
  );
}
