import { dayMs } from '@assay/recall';

/** The number of a moment's day where this machine stands: of that date's midnight in UTC, in days since 1970. */
export function localDay(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
}
