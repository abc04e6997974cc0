import type { Turn } from './compared.ts';

/** A turn of load in which nothing went wrong. */
export function turn(change: Partial<Turn> = {}): Turn {
  return {
    answered: 100,
    perSecond: 400,
    p50: 2,
    p99: 5,
    byStatus: { 200: 100 },
    failed: 0,
    missed: 0,
    wrong: 0,
    unseen: 0,
    complaint: null,
    limit: null,
    ...change,
  };
}
