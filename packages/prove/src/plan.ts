import { areas, type AnyCheck, registry, scenarioCheck } from '@assay/checks';
import { type Challenge, Fault, severities } from '@assay/contract';

/**
 * The checks of a run in the order in which they begin, the worst that they can find first, so that a run which is cut short has looked for
 * what matters most; narrowed by `only`, and those named by `first` before all others. Among equals the registry's come first, then the challenge's scenarios.
 * All that judge the exploration stand behind the first that does: the others are decided at once then, and findings show early.
 */
export function planChecks(
  challenge: Challenge | null,
  only: readonly string[],
  first: readonly string[] = [],
): readonly AnyCheck[] {
  const rank = ({ id, severity }: AnyCheck): number => (first.includes(id) ? -1 : severities.indexOf(severity));
  const byRank = [...registry, ...(challenge?.scenarios ?? []).map(scenarioCheck)].sort((a, b) => rank(a) - rank(b));
  const exploring = byRank.filter((check) => check.explores === true);
  const all = byRank.flatMap((check) => (check.explores !== true ? [check] : check === exploring[0] ? exploring : []));
  if (only.length === 0) return all;
  for (const wanted of only) {
    if (!all.some((check) => check.id === wanted || check.id.startsWith(`${wanted}/`)) && !areas.includes(wanted)) {
      throw new Fault(
        'unknown-check',
        `There is no check or area ${wanted}.${nearest(wanted, [...areas, ...all.map((check) => check.id)])}`,
      );
    }
  }
  return all.filter((check) => only.some((wanted) => check.id === wanted || check.id.startsWith(`${wanted}/`)));
}

/** ` Did you mean X?` for the closest name within three edits, or nothing. */
export function nearest(word: string, names: readonly string[]): string {
  const scored = names.map((name) => [editDistance(word, name.includes(word) ? word : name), name] as const);
  const [best] = scored.sort((a, b) => a[0] - b[0] || a[1].length - b[1].length);
  return best !== undefined && best[0] <= 3 ? ` Did you mean ${best[1]}?` : '';
}

/** Levenshtein's distance, by the row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
