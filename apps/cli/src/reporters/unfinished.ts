import type { Report } from '@assay/contract';

/**
 * Why the run as a whole says less than it was asked for: it was cut off, or proved nothing at all. Null when its checks say themselves what is
 * not decided. Nobody must read the report of such a run as one without errors.
 */
export function unfinished({ verdict, reason, cutOff, checks }: Report): string | null {
  if (cutOff !== undefined) return cutOff;
  return verdict === 'undecided' && !checks.some(({ status }) => status === 'undecided') ? reason : null;
}
