import type { Applicability, FindingDraft, Judgement } from '@assay/contract';

export const applies: Applicability = { applies: true };

export function doesNotApply(reason: string): Applicability {
  return { applies: false, reason };
}

/** Failed when there are findings; passed, resting on `basis`, otherwise. */
export function judged(findings: readonly FindingDraft[], basis: string): Judgement {
  return findings.length > 0
    ? { status: 'failed', reason: findings.length === 1 ? '1 finding' : `${findings.length} findings`, findings }
    : { status: 'passed', reason: basis, findings: [] };
}

export function undecided(reason: string): Judgement {
  return { status: 'undecided', reason, findings: [] };
}

export function notApplicable(reason: string): Judgement {
  return { status: 'not-applicable', reason, findings: [] };
}

/** Keeps the first finding of each key: one fault is told once. */
export function distinct(findings: readonly FindingDraft[]): readonly FindingDraft[] {
  const seen = new Set<string>();
  return findings.filter((finding) => !seen.has(finding.key) && seen.add(finding.key) !== undefined);
}
