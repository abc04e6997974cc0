import type { CheckResult, Report } from '@assay/contract';

/**
 * What decides a run's verdict, and why, in one sentence. A run in which nothing was proven never passes.
 * @param cutOff why the run did not come to its end; null when it did. What was found until then is found.
 */
export function verdictOf(checks: readonly CheckResult[], cutOff: string | null): Pick<Report, 'verdict' | 'reason'> {
  const failed = checks.filter(
    (check) => check.status === 'failed' && check.findings.some((finding) => finding.known !== true),
  );
  const passed = checks.filter((check) => check.status === 'passed');
  // Once nothing is in `failed`: all that they found the baseline has too, which does not fail the run.
  const known = checks.filter((check) => check.status === 'failed');
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
  if (![...passed, ...known].some((check) => check.area !== 'launch'))
    return { verdict: 'undecided', reason: 'No check applied, so nothing was proven.' };
  const told = `${plural(passed.length, 'check')} passed`;
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
