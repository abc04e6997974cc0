import { EmptyState, Skeleton } from '../../design/states.tsx';
import { useReport } from '../context.tsx';
import { LoadFault } from '../load-fault.tsx';
import { useLoaded } from '../use-loaded.ts';
import { GrowthPlot } from './growth-plot.tsx';
import { LatencyPlot } from './latency-plot.tsx';
import { StatementsPlot } from './statements-plot.tsx';
import { TimelinePlots } from './timeline-plots.tsx';
import { MemoryPlot, UsagePlot } from './usage-plots.tsx';

/** How the run went, drawn. */
export function PlotsTab({ run }: { readonly run: string }) {
  const { source } = useReport();
  const loaded = useLoaded(source, run, () => source.plots());
  switch (loaded.state) {
    case 'loading':
      return <Skeleton lines={5} />;
    case 'failed':
      return <LoadFault title="The plots could not be read" message={loaded.message} retry={loaded.retry} />;
    case 'here': {
      const { latency, timeline, statementsPerRequest, usage, growth, memory } = loaded.value;
      if (latency.length === 0)
        return (
          <EmptyState icon="chart" title="Nothing to draw">
            <p>No request was sent in this run.</p>
          </EmptyState>
        );
      return (
        <div className="plots">
          <LatencyPlot latency={latency} />
          {growth.length === 0 ? null : <GrowthPlot growth={growth} />}
          <TimelinePlots timeline={timeline} />
          <UsagePlot usage={usage} />
          <MemoryPlot memory={memory} />
          <div className="figure-wide">
            <StatementsPlot operations={statementsPerRequest} />
          </div>
        </div>
      );
    }
    default:
      return loaded satisfies never;
  }
}
