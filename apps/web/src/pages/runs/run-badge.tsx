import type { Run } from '../../client/generated/api.ts';
import { StatusBadge } from '../../design/badge.tsx';
import { Icon } from '../../design/icon.tsx';
import { statusWords } from './run-words.ts';

/** What became of a run, in a word. */
export function RunBadge({
  run,
  large = false,
}: {
  readonly run: Pick<Run, 'status' | 'verdict'>;
  readonly large?: boolean;
}) {
  const { status, verdict } = run;
  if (status === 'finished') return <StatusBadge status={verdict ?? 'undecided'} large={large} />;
  const underWay = status === 'queued' || status === 'running';
  return (
    <span
      className={`badge run-badge ${underWay ? 'run-badge-live' : 'tone-not-applicable'} ${large ? 'badge-large' : ''}`}
    >
      {underWay ? (
        <span className="pulse" aria-hidden="true" />
      ) : (
        <Icon name={status === 'broken' ? 'warning' : 'stop'} size={12} />
      )}
      {statusWords[status]}
    </span>
  );
}
