import type { Check } from '../../client/generated/api.ts';

/** Checks of the area in whose id, claim or names every word stands. */
export function findChecks<T extends Pick<Check, 'id' | 'area' | 'claim' | 'names'>>(
  checks: readonly T[],
  query: string,
  area: string | null,
): readonly T[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return checks.filter((check) => {
    const text = [check.id, check.claim, ...Object.values(check.names)].join(' ').toLowerCase();
    return (area === null || check.area === area) && words.every((word) => text.includes(word));
  });
}
