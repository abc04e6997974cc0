import type { CheckResult, Report } from '@assay/contract';

/**
 * What decides a run's verdict, and why, in one sentence. A run in which nothing was proven never passes.
 * @param cutOff why the run did not come to its end; null when it did. What was found until then is found.
 */
export function verdictOf(checks: readonly CheckResult[], cutOff: string | null): Pick<Report, 'verdict' | 'reason'> {
  const failed = checks.filter(
    (check) => check.status === 'failed' && check.findings.some((finding) => finding.known !== true),
  );
  const passed = checks.filter((check) => check.status === 'passed' || check.status === 'failed');
  const open = checks.filter((check) => check.status === 'undecided');
  if (failed.length > 0) {
    const findings = failed.reduce(
      (sum, check) => sum + check.findings.filter((finding) => finding.known !== true).length,
      0,
    );
    return {
      verdict: 'failed',
      reason: `${plural(failed.length, 'check')} failed with ${plural(findings, 'finding')}.${cutOff === null ? '' : ` ${cutOff}`}`,
    };
  }
  if (cutOff !== null) return { verdict: 'undecided', reason: cutOff };
  if (open.length > 0) {
    const [first] = open;
    return {
      verdict: 'undecided',
      reason: `${plural(open.length, 'check')} could not be decided; ${first?.id}: ${first?.reason}.`,
    };
  }
  // The launch alone proves nothing about what the backend does.
  if (!passed.some((check) => check.area !== 'launch'))
    return { verdict: 'undecided', reason: 'No check applied, so nothing was proven.' };
  // What failed with nothing but known findings does not fail the run, and is not said to have passed.
  const known = checks.filter((check) => check.status === 'failed');
  const told = `${plural(passed.length - known.length, 'check')} passed`;
  if (known.length === 0) return { verdict: 'passed', reason: `${told}.` };
  const findings = known.reduce((sum, check) => sum + check.findings.length, 0);
  return {
    verdict: 'passed',
    reason: `${told}; ${known.length} failed with ${plural(findings, 'finding')} that the baseline has too.`,
  };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
