import type { MutantResult } from '@assay/prove';

/**
 * What these find they have measured, beside a reference or in pairs: how long an answer, a start or a login takes, how much processor time, how
 * much memory within the time there is. On a machine that does other things as well they may come to no decision, which is what they should do then.
 */
const measuring: readonly string[] = [
  'performance/cold-start',
  'performance/cost-growth',
  'performance/latency',
  'performance/memory-growth',
  'performance/throughput',
  'security/regex-dos',
  'security/user-enumeration',
];

/** What must catch a mutant and did not. */
export function missedBy({ expected, caughtBy }: Pick<MutantResult, 'expected' | 'caughtBy'>): readonly string[] {
  return expected.filter((id) => !caughtBy.includes(id));
}

/** Whether a mutant may be judged once more, alone: only where all that it was missed by had something to measure. */
export function mayBeAskedAgain(result: Pick<MutantResult, 'expected' | 'caughtBy'>): boolean {
  const missed = missedBy(result);
  return missed.length > 0 && missed.every((id) => measuring.includes(id));
}
