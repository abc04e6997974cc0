import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PracticeProgress } from '../../../client/generated/api.ts';
import { practiceProgressQuery } from '../../../client/practice.ts';
import { buttonClass } from '../../../design/button.tsx';
import { Panel } from '../../../design/panel.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { Loaded } from '../../../shell/loaded.tsx';
import { Page } from '../../../shell/page.tsx';
import { plural } from '../../../shell/words.ts';
import { PracticeNav } from '../practice-nav.tsx';
import { levelWords, percent } from '../words.ts';
import { CalibrationPlot } from './calibration-plot.tsx';
import { ForecastPlot } from './forecast-plot.tsx';
import { Interval } from './interval.tsx';
import { LogLossBars } from './log-loss.tsx';
import { RetentionPlot } from './retention-plot.tsx';
import { TopicsMap } from './topics-map.tsx';

/** Where a person stands: what comes, what was known, how well that was foreseen, and readiness as intervals. */
export function ProgressPage() {
  const query = useQuery(practiceProgressQuery);
  return (
    <Page
      title="Progress"
      wide
      above={<PracticeNav />}
      lead={query.data === undefined ? undefined : <Lead progress={query.data} />}
    >
      <Loaded query={query} lines={14}>
        {(progress) =>
          progress.reviews === 0 ? (
            <EmptyState
              icon="chart"
              title="Nothing has been answered yet"
              actions={
                <Link to="/practice" className={buttonClass({ variant: 'primary' })}>
                  Begin today’s session
                </Link>
              }
            >
              <p>What you answer here and in the terminal is one history, and shows here.</p>
            </EmptyState>
          ) : (
            <Figures progress={progress} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Lead({ progress: { seen, questions, reviews, due, retention } }: { readonly progress: PracticeProgress }) {
  return (
    <span className="figures">
      {seen} of {questions} questions seen, {plural(reviews, 'answer')}. Due: {due.now} now, {due.tomorrow} by tomorrow,{' '}
      {due.week} within a week. Wanted retention {percent(retention)}.
    </span>
  );
}

function Figures({ progress }: { readonly progress: PracticeProgress }) {
  const { readiness, areas, interviews } = progress;
  return (
    <>
      <div className="plots">
        <ForecastPlot now={progress.now} forecast={progress.forecast} />
        <RetentionPlot weeks={progress.retentionByWeek} wanted={progress.retention} />
        <CalibrationPlot tenths={progress.calibration} />
        <LogLossBars logLoss={progress.logLoss} />
        <Panel
          title="Readiness by level"
          note="The share of questions of a level that you would answer, nine times out of ten."
        >
          {readiness.map((row) => (
            <Interval key={row.level} {...row} label={`${row.level} ${levelWords[row.level] ?? ''}`} />
          ))}
        </Panel>
        <Panel title="Readiness by area" note="At level 3.">
          {areas.map((row) => (
            <Interval key={row.area} {...row} label={row.name} />
          ))}
        </Panel>
        {interviews.held === 0 ? null : (
          <Panel
            title="In mock interviews"
            note={interviews.held === 1 ? 'Of one interview.' : `Of ${interviews.held} interviews together.`}
          >
            {interviews.readiness.map((row) => (
              <Interval key={row.level} {...row} label={`${row.level} ${levelWords[row.level] ?? ''}`} />
            ))}
          </Panel>
        )}
      </div>
      <TopicsMap topics={progress.topics} />
    </>
  );
}
