import type { CheckResult, Finding, Report } from '@assay/contract';
import { type Static, Type } from 'typebox';
import { exactly, nullable } from '../../schemas.ts';

const statusSchema = Type.Enum(['passed', 'failed', 'undecided', 'not-applicable']);

const findingSchema = exactly({
  check: Type.String(),
  id: Type.String({ description: 'Of the finding, in the run that has it' }),
  fingerprint: Type.String(),
  title: Type.String(),
  severity: Type.String(),
});

export const comparisonSchema = exactly(
  {
    better: Type.Array(findingSchema, { description: 'Findings of the other run that this one has no more' }),
    broken: Type.Array(findingSchema, { description: 'Findings of this run that the other one had not' }),
    same: Type.Integer({ minimum: 0, description: 'Findings that both have' }),
    changed: Type.Array(
      exactly({
        check: Type.String(),
        claim: Type.String(),
        before: nullable(statusSchema),
        after: nullable(statusSchema),
      }),
      { description: 'Checks that ended in another way' },
    ),
  },
  { $id: 'Comparison' },
);

export type Comparison = Static<typeof comparisonSchema>;

type ComparedFinding = Comparison['better'][number];

/**
 * What got better from one run to another, and what broke. A finding is gone only when its check passed: one that was not asked, or could
 * not be decided, tells nothing of it.
 */
export function compareReports(before: Report, after: Report): Comparison {
  const [was, is] = [checksOf(before), checksOf(after)];
  const [old, fresh] = [findingsOf(before), findingsOf(after)];
  const gone = [...old].filter(([print, { check }]) => !fresh.has(print) && isDecided(is.get(check)));
  return {
    better: gone.map(([, finding]) => finding),
    broken: [...fresh].filter(([print]) => !old.has(print)).map(([, finding]) => finding),
    same: [...fresh].filter(([print]) => old.has(print)).length,
    changed: [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((check) => {
      const [from, to] = [was.get(check), is.get(check)];
      if (from?.status === to?.status) return [];
      return [{ check, claim: (to ?? from)?.claim ?? '', before: from?.status ?? null, after: to?.status ?? null }];
    }),
  };
}

function isDecided(check: CheckResult | undefined): boolean {
  return check?.status === 'passed' || check?.status === 'failed';
}

function checksOf(report: Report): ReadonlyMap<string, CheckResult> {
  return new Map(report.checks.map((check) => [check.id, check]));
}

function findingsOf(report: Report): ReadonlyMap<string, ComparedFinding> {
  const told = (check: CheckResult, finding: Finding): ComparedFinding => ({
    check: check.id,
    id: finding.id,
    fingerprint: finding.fingerprint,
    title: finding.title,
    severity: finding.severity,
  });
  return new Map(
    report.checks.flatMap((check) => check.findings.map((finding) => [finding.fingerprint, told(check, finding)])),
  );
}
