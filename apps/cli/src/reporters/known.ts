import type { CheckResult, Finding } from '@assay/contract';

/** The findings that fail the run. */
export function newFindings({ findings }: CheckResult): readonly Finding[] {
  return findings.filter((finding) => finding.known !== true);
}

/** Those that the baseline has too. */
export function knownFindings({ findings }: CheckResult): readonly Finding[] {
  return findings.filter((finding) => finding.known === true);
}

/** A check that failed with nothing but what the baseline has too: it does not fail the run. */
export function isKnown(check: CheckResult): boolean {
  return check.status === 'failed' && newFindings(check).length === 0;
}
