import type { Dependency } from './graph.ts';
import type { Transaction } from './transaction.ts';

/** Adya's names where there are some; the others are Elle's. */
export const anomalyMeanings = {
  G0: 'a cycle of writes: transactions wrote the same things in opposite orders',
  G1a: 'a read of what an aborted transaction wrote',
  G1b: 'a read of an intermediate value of another transaction',
  G1c: 'a cycle of writes and reads: transactions saw each other',
  'G-single': 'a cycle with one anti-dependency (read skew)',
  'G-nonadjacent': 'a cycle whose anti-dependencies never follow one another',
  'G2-item': 'a cycle with anti-dependencies that follow one another (write skew)',
  'lost-update': 'two transactions read the same version and both wrote over it',
  internal: 'a transaction disagrees with its own earlier reads and writes',
  'incompatible-order':
    'a read shows the elements of a key in an order that contradicts another read, or whoever appended them',
  'duplicate-elements': 'a read shows an element more often than it was appended',
  'garbage-read': 'a read shows a value that nobody wrote',
  'no-serial-order': 'every order of the transactions contradicts some read',
} as const;

export type AnomalyType = keyof typeof anomalyMeanings;

/** One step of a cycle: the second transaction must come after the first, and why. */
export interface CycleStep {
  readonly from: number;
  readonly to: number;
  readonly dependency: Dependency;
  /** One clause. */
  readonly because: string;
}

export interface Anomaly {
  readonly type: AnomalyType;
  /** The order beside data dependencies that the cycle needs, as Elle's suffixes -process and -realtime. */
  readonly uses: 'process' | 'realtime' | null;
  readonly transactions: readonly Transaction[];
  /** Empty for anomalies that are no cycles. */
  readonly cycle: readonly CycleStep[];
  /** The whole chain as sentences. */
  readonly explanation: string;
}

/** `G1c-realtime`, as Elle writes it. */
export function anomalyName(anomaly: Pick<Anomaly, 'type' | 'uses'>): string {
  return anomaly.uses === null ? anomaly.type : `${anomaly.type}-${anomaly.uses}`;
}
