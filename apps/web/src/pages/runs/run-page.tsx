import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Run } from '../../client/generated/api.ts';
import { isUnderWay, runQuery } from '../../client/queries.ts';
import { Panel } from '../../design/panel.tsx';
import { Skeleton } from '../../design/states.tsx';
import { announce } from '../../shell/announce.tsx';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { folderName } from '../../shell/words.ts';
import { EndedStory, Outcome, SincePrevious } from './ended-run.tsx';
import { LiveRunView } from './live-run-view.tsx';
import { RunActions } from './run-actions.tsx';
import { RunBadge } from './run-badge.tsx';
import { RunFacts } from './run-facts.tsx';
import './runs.css';

// Fetched beside the run itself: most runs that are looked at have ended.
const report = import('./run-report.tsx');
const RunReport = lazy(async () => ({ default: (await report).RunReport }));

const route = getRouteApi('/runs/$id');

/** How often it is asked whether a change in a watched folder has begun another run. */
const watchEveryMs = 1500;

/** How often it is asked whether a run that is not looked at has ended. */
const underWayEveryMs = 5000;

function askAgainMs(run: Run): number | false {
  if (isUnderWay(run)) return underWayEveryMs;
  return run.watch && run.next === null ? watchEveryMs : false;
}

/** One run: live while it goes on, its report when it has ended. */
export function RunPage() {
  const { id } = route.useParams();
  const query = useQuery({
    ...runQuery(id),
    refetchInterval: ({ state: { data } }) => (data === undefined ? false : askAgainMs(data)),
    // A hidden page follows no events, and its title still tells how the run ended.
    refetchIntervalInBackground: true,
  });
  useNextRun(query.data);
  if (query.data === undefined)
    return (
      <Page key={id} wide title="Run" above={<Link to="/runs">Runs</Link>}>
        <Loaded query={query} lines={10}>
          {() => null}
        </Loaded>
      </Page>
    );
  return <KnownRun key={id} run={query.data} />;
}

function KnownRun({ run }: { readonly run: Run }) {
  const queries = useQueryClient();
  const [view, setView] = useState<'report' | 'story'>('report');
  const underWay = isUnderWay(run);
  const hasReport = !underWay && run.verdict !== null;
  const name = folderName(run.folder);
  useEffect(() => {
    if (!underWay) void queries.invalidateQueries({ queryKey: ['runs', 'recent'] });
  }, [underWay, queries]);
  const showsReport = hasReport && view === 'report';
  return (
    <Page
      wide
      bare={showsReport}
      title={`${name}: ${run.verdict ?? run.status}`}
      above={
        <>
          <Link to="/runs">Runs</Link>
          {hasReport ? <ViewSwitch view={view} onView={setView} /> : null}
        </>
      }
      heading={
        <span className="run-heading">
          {name}
          <RunBadge run={run} />
        </span>
      }
      lead={<RunFacts run={run} />}
      actions={<RunActions run={run} />}
    >
      {underWay ? null : <Outcome run={run} />}
      {hasReport && run.previous !== null ? <SincePrevious id={run.id} previous={run.previous} /> : null}
      {underWay ? (
        <LiveRunView run={run} />
      ) : showsReport ? (
        <Suspense
          fallback={
            <Panel>
              <Skeleton lines={12} />
            </Panel>
          }
        >
          <RunReport run={run.id} actions={<RunActions run={run} />} />
        </Suspense>
      ) : (
        <EndedStory id={run.id} />
      )}
    </Page>
  );
}

function ViewSwitch({
  view,
  onView,
}: {
  readonly view: 'report' | 'story';
  readonly onView: (view: 'report' | 'story') => void;
}) {
  const views = [
    ['report', 'Report'],
    ['story', 'How it went'],
  ] as const;
  return (
    <div className="view-switch" role="group" aria-label="View">
      {views.map(([id, label]) => (
        <button key={id} type="button" aria-pressed={view === id} onClick={() => onView(id)}>
          {label}
        </button>
      ))}
    </div>
  );
}

/** Goes along to the run that a change in the watched folder begins, while one watches. */
function useNextRun(run: Run | undefined): void {
  const navigate = useNavigate();
  const waitedFor = useRef<string | null>(null);
  useEffect(() => {
    if (run === undefined) return;
    if (run.watch && run.next === null) waitedFor.current = run.id;
    // A run that had its next one when it was opened is looked at for itself.
    if (run.next === null || waitedFor.current !== run.id) return;
    announce('The folder has changed. It is judged again.');
    void navigate({ to: '/runs/$id', params: { id: run.next }, replace: true });
  }, [run, navigate]);
}
