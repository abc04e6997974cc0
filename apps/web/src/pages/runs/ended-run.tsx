import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Run } from '../../client/generated/api.ts';
import { useLiveRun } from '../../client/use-live-run.ts';
import { buttonClass } from '../../design/button.tsx';
import { Hint, Skeleton } from '../../design/states.tsx';
import { changesQuery } from './changes-query.ts';
import { LiveStory } from './live-run-view.tsx';
import { isOfToolchains, statusWords } from './run-words.ts';

/** How a run went, from the events that are kept. */
export function EndedStory({ id }: { readonly id: string }) {
  const { run, state } = useLiveRun(id);
  if (state === 'connecting') return <Skeleton lines={8} />;
  // What ended before anything was begun is told by its outcome.
  return run.phases.length === 0 && run.checks.length === 0 ? null : <LiveStory run={run} isOver />;
}

/** Why a run came to no verdict: never the backend's failure. */
export function Outcome({ run }: { readonly run: Run }) {
  const { status, fault } = run;
  if (status === 'finished' || status === 'queued' || status === 'running') return null;
  return (
    <Hint tone="undecided">
      <b>{statusWords[status]}.</b> {fault?.message ?? endWords[status]}
      {fault === null || fault.fix === '' ? null : <div>{fault.fix}</div>}
      {isOfToolchains(run) ? (
        <div>
          <Link to="/settings">The settings</Link> show the same here.
        </div>
      ) : null}
    </Hint>
  );
}

const endWords = {
  stopped: 'It was stopped before it had come to a verdict.',
  interrupted: 'Assay itself ended while this run went on, so there is no verdict. Run it again.',
  broken: 'It could not be judged.',
} as const;

/** What is better and what is broken since the run before, in a line. */
export function SincePrevious({ id, previous }: { readonly id: string; readonly previous: string }) {
  const { data } = useQuery(changesQuery(id, previous));
  if (data === undefined || (data.better === 0 && data.broken === 0)) return null;
  const parts = [
    ...(data.better > 0 ? [`${data.better} better`] : []),
    ...(data.broken > 0 ? [`${data.broken} broken`] : []),
  ];
  return (
    <Hint tone={data.broken > 0 ? 'failed' : 'passed'}>
      <span className="since">
        <span>Since the run before: {parts.join(', ')}.</span>
        <Link to="/runs/$id/compare/$other" params={{ id, other: previous }} className={buttonClass({ size: 's' })}>
          See what changed
        </Link>
      </span>
    </Hint>
  );
}
