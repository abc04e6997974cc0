import { type ReactNode, useMemo } from 'react';
import { Panel } from '../design/panel.tsx';
import { Skeleton } from '../design/states.tsx';
import { Tabs } from '../design/tabs.tsx';
import { ChecksTab } from './checks/checks-tab.tsx';
import { type ReportContext, ReportProvider } from './context.tsx';
import { ExchangesTab } from './exchanges/exchanges-tab.tsx';
import { FindingsTab } from './findings/findings-tab.tsx';
import { listFindings } from './findings/list-findings.ts';
import { LoadFault } from './load-fault.tsx';
import type { ReportPlace } from './place.ts';
import { PlotsTab } from './plots/plots-tab.tsx';
import { PrintedReport } from './print/printed-report.tsx';
import { usePrinting } from './print/use-printing.ts';
import { ReportHead } from './report-head.tsx';
import type { ReportSource } from './source.ts';
import { useLoaded } from './use-loaded.ts';
import './report-view.css';
import './print/print.css';

/** The report of one run: the same in the app and in a file. Where one is in it is the caller's to keep, in an address. */
export function ReportView({
  run,
  source,
  place,
  onPlace,
  checkHref,
  actions,
}: {
  /** Another run is read anew. */
  readonly run: string;
  readonly source: ReportSource;
  readonly place: ReportPlace;
  readonly onPlace: (place: ReportPlace) => void;
  readonly checkHref: (check: string) => string | null;
  /** Buttons beside the verdict. */
  readonly actions?: ReactNode;
}) {
  const loaded = useLoaded(source, run, () => source.report());
  const context = useMemo<ReportContext>(
    () => ({
      source,
      checkHref,
      openExchange: (exchange) => onPlace({ tab: 'exchanges', finding: null, exchange }),
      openFinding: (finding) => onPlace({ tab: 'findings', finding, exchange: null }),
    }),
    [source, checkHref, onPlace],
  );
  const isPrinting = usePrinting();
  const report = loaded.state === 'here' ? loaded.value : null;
  const findings = useMemo(() => (report === null ? [] : listFindings(report)), [report]);
  if (loaded.state === 'failed')
    return <LoadFault title="The report could not be read" message={loaded.message} retry={loaded.retry} />;
  if (report === null)
    return (
      <Panel>
        <Skeleton lines={6} />
      </Panel>
    );
  return (
    <ReportProvider value={context}>
      <div className="report">
        <ReportHead report={report} actions={actions} />
        <Tabs
          label="Parts of the report"
          selected={place.tab}
          onSelect={(tab) => onPlace({ ...place, tab })}
          tabs={[
            { id: 'findings', label: 'Findings', count: findings.length },
            { id: 'checks', label: 'Checks', count: report.checks.length },
            { id: 'plots', label: 'Plots' },
            { id: 'exchanges', label: 'Exchanges', count: report.traffic.exchanges },
          ]}
        >
          {place.tab === 'findings' ? (
            <FindingsTab
              report={report}
              findings={findings}
              selected={place.finding}
              onSelect={(finding) => onPlace({ ...place, tab: 'findings', finding })}
            />
          ) : place.tab === 'checks' ? (
            <ChecksTab report={report} />
          ) : place.tab === 'plots' ? (
            <PlotsTab run={run} />
          ) : (
            <ExchangesTab
              report={report}
              selected={place.exchange}
              onSelect={(exchange) => onPlace({ ...place, tab: 'exchanges', exchange })}
            />
          )}
        </Tabs>
        {isPrinting ? <PrintedReport report={report} findings={findings} /> : null}
      </div>
    </ReportProvider>
  );
}
