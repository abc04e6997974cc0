import type { Report } from '@assay/contract';
import { ChecksTab } from '../checks/checks-tab.tsx';
import { FindingStory } from '../findings/finding-story.tsx';
import type { FoundFinding } from '../findings/list-findings.ts';

/** What paper shows in place of the tabs: every finding, one below the other, and all checks. */
export function PrintedReport({
  report,
  findings,
}: {
  readonly report: Report;
  readonly findings: readonly FoundFinding[];
}) {
  return (
    <div className="printed">
      {findings.length === 0 ? null : <h2>Findings, the worst first</h2>}
      {findings.map(({ finding, check }) => (
        <FindingStory key={finding.id} finding={finding} check={check} stack={report.backend.stack} level={3} />
      ))}
      <h2>Checks</h2>
      <ChecksTab report={report} />
    </div>
  );
}
