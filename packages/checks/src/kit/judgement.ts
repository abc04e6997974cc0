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

/** At most `most` findings of each operation; the last one kept tells how many more there are. */
export function atMost(most: number, findings: readonly FindingDraft[]): readonly FindingDraft[] {
  const byOperation = Map.groupBy(findings, (finding) => finding.operation ?? '');
  return [...byOperation.values()].flatMap((group) => {
    const kept = group.slice(0, most);
    const rest = group.slice(most);
    const last = kept.at(-1);
    if (rest.length === 0 || last === undefined) return kept;
    const more = `${rest.length} more of the same kind were found at this operation: ${rest
      .slice(0, 10)
      .map((finding) => finding.title)
      .join('; ')}${rest.length > 10 ? ' …' : '.'}`;
    return [...kept.slice(0, -1), { ...last, detail: `${last.detail}\n\n${more}` }];
  });
}

/** Joins findings of three operations or more that have the same key but for the operation. */
export function toldOnce(findings: readonly FindingDraft[]): readonly FindingDraft[] {
  const causes = Map.groupBy(findings, ({ key, operation = '' }) => key.slice(operation.length));
  return [...causes.values()].flatMap((same) => {
    const [first, ...others] = same;
    if (first === undefined || same.length < 3) return same;
    return [
      {
        ...first,
        title: `${first.title}; the same at ${others.length} other operations`,
        detail: `${first.detail}\n\nAlso: ${others.map(({ title }) => title).join('; ')}.`,
      },
    ];
  });
}
