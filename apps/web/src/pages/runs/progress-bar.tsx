import type { CheckStatus } from '@assay/contract';
import type { LiveCheck } from '../../client/live-run.ts';
import { plural } from '../../shell/words.ts';

const order: readonly CheckStatus[] = ['failed', 'undecided', 'passed', 'not-applicable'];
const words: Readonly<Record<CheckStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  undecided: 'undecided',
  'not-applicable': 'not applicable',
};

/** How many checks have ended and how, as one bar. */
export function ProgressBar({ checks }: { readonly checks: readonly LiveCheck[] }) {
  const counts = new Map(order.map((status) => [status, checks.filter(({ state }) => state === status).length]));
  const ended = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    <div className="progress">
      <div
        className="progress-track"
        role="progressbar"
        aria-label="Checks"
        aria-valuemin={0}
        aria-valuemax={Math.max(1, checks.length)}
        aria-valuenow={ended}
        aria-valuetext={`${ended} of ${plural(checks.length, 'check')}`}
      >
        {order.map((status) => (
          <span
            key={status}
            className={`progress-part tone-${status}`}
            style={{ width: `${((counts.get(status) ?? 0) / Math.max(1, checks.length)) * 100}%` }}
          />
        ))}
      </div>
      <p className="progress-words figures">
        <b>
          {ended} of {plural(checks.length, 'check')}
        </b>
        {order.map((status) => {
          const count = counts.get(status) ?? 0;
          return count === 0 ? null : (
            <span key={status} className={`progress-count words-${status}`}>
              {count} {words[status]}
            </span>
          );
        })}
      </p>
    </div>
  );
}
