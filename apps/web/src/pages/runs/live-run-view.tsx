import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Run } from '../../client/generated/api.ts';
import type { LiveRun } from '../../client/live-run.ts';
import { runQuery } from '../../client/queries.ts';
import { useLiveRun } from '../../client/use-live-run.ts';
import { Panel } from '../../design/panel.tsx';
import { EmptyState } from '../../design/states.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { announce } from '../../shell/announce.tsx';
import { bytes } from '../../shell/words.ts';
import { LiveChecks } from './live-checks.tsx';
import { LogView } from './log-view.tsx';
import { PhaseSteps } from './phase-steps.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { TrafficBars } from './traffic-bars.tsx';
import { useRunAnnouncements } from './use-run-announcements.ts';

/** A run as it happens. */
export function LiveRunView({ run: { id, status } }: { readonly run: Run }) {
  const { run, state, next, rests } = useLiveRun(id);
  const queries = useQueryClient();
  const navigate = useNavigate();
  useRunAnnouncements(run);
  const isOver = rests || state === 'ended' || state === 'refused';
  const hasBegun = status === 'queued' && run.sequence > 0;
  useEffect(() => {
    if (isOver || hasBegun) void queries.invalidateQueries({ queryKey: runQuery(id).queryKey });
  }, [isOver, hasBegun, id, queries]);
  useEffect(() => {
    if (next === null) return;
    announce('The folder has changed. It is judged again.');
    void navigate({ to: '/runs/$id', params: { id: next }, replace: true });
  }, [next, navigate]);
  if (status === 'queued' && run.sequence === 0)
    return (
      <EmptyState icon="play" title="Waiting its turn">
        <p>It begins in a moment; runs are judged one after the other.</p>
      </EmptyState>
    );
  return <LiveStory run={run} isOver={false} />;
}

/** Everything that the events tell; also of a run that has ended. */
export function LiveStory({ run, isOver }: { readonly run: LiveRun; readonly isOver: boolean }) {
  return (
    <div className="live">
      <Panel className="live-top">
        <PhaseSteps phases={run.phases} isDetected={run.stack !== null || run.phases.length > 0} isOver={isOver} />
        <ProgressBar checks={run.checks} />
        <div className="live-figures">
          <TrafficBars seconds={run.seconds} of="exchanges" label="Requests" total={run.traffic.exchanges} />
          <TrafficBars seconds={run.seconds} of="statements" label="Statements" total={run.traffic.statements} />
          <dl className="live-usage figures">
            <div>
              <dt>Memory</dt>
              <dd>{run.usage === null ? '–' : bytes(run.usage.rssBytes)}</dd>
            </div>
            <div>
              <dt>CPU</dt>
              <dd>{run.usage === null ? '–' : `${Math.round(run.usage.cpu * 100)} %`}</dd>
            </div>
          </dl>
        </div>
      </Panel>
      <div className="live-columns">
        <Panel title="Checks" className="live-checks-panel">
          {run.checks.length === 0 ? (
            <EmptyState icon="list" title={isOver ? 'None was made' : 'Not yet'}>
              <p>
                {isOver
                  ? 'The run ended before the backend answered.'
                  : 'The checks are planned as soon as the backend answers.'}
              </p>
            </EmptyState>
          ) : (
            <LiveChecks checks={run.checks} isOver={isOver} />
          )}
        </Panel>
        <Output run={run} />
      </div>
    </div>
  );
}

function Output({ run }: { readonly run: LiveRun }) {
  const [chosen, setChosen] = useState<'build' | 'backend' | null>(null);
  // Until one chooses, what is newest shows.
  const selected = chosen ?? (run.backendOutput.length > 0 ? 'backend' : 'build');
  const lines = selected === 'build' ? run.buildOutput : run.backendOutput;
  return (
    <Panel title="Output" className="live-output">
      <Tabs
        label="Output"
        tabs={[
          { id: 'build', label: 'Build', count: run.buildOutput.length + run.dropped.build },
          { id: 'backend', label: 'Backend', count: run.backendOutput.length + run.dropped.backend },
        ]}
        selected={selected}
        onSelect={setChosen}
      >
        <LogView
          key={selected}
          lines={lines}
          dropped={run.dropped[selected]}
          label={selected === 'build' ? 'Output of the build' : 'Log of the backend'}
          empty={selected === 'build' ? 'The build has printed nothing' : 'The backend has printed nothing'}
        />
      </Tabs>
    </Panel>
  );
}
