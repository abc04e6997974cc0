import type { CheckResult, Finding, Report } from '@assay/contract';
import { severityRank } from '../text/words.ts';

export interface FoundFinding {
  readonly finding: Finding;
  readonly check: CheckResult;
}

/** All findings of a run: what the baseline does not know before what it does, the worst first. */
export function listFindings(report: Report): readonly FoundFinding[] {
  return report.checks
    .flatMap((check) => check.findings.map((finding) => ({ finding, check })))
    .sort(
      (a, b) =>
        Number(a.finding.known ?? false) - Number(b.finding.known ?? false) ||
        severityRank[a.finding.severity] - severityRank[b.finding.severity],
    );
}
