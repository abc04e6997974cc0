import type { Anomaly } from './anomaly.ts';
import type { DependencyGraph } from './graph.ts';

/** What a kind of history tells about its transactions. */
export interface Analysis {
  readonly graph: DependencyGraph;
  /** Anomalies that are no cycles. */
  readonly anomalies: readonly Anomaly[];
  /** Transactions that took effect: acknowledged, or seen by others. */
  readonly committed: ReadonlySet<number>;
  /** Why the order of versions is not known whole; empty when it is. */
  readonly gaps: readonly string[];
}
