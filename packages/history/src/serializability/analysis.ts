import { type Anomaly, type AnomalyType, anomalyMeanings } from './anomaly.ts';
import type { DependencyGraph } from './graph.ts';
import { nameOf, type Transaction } from './transaction.ts';

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

/** What an analysis may use. */
export interface AnalysisLimits {
  /** Throws when the time is up. */
  readonly tick: () => void;
  readonly memoryBytes: number;
}

/** Takes note of an anomaly that is no cycle; of the same one once. */
export type Tell = (type: AnomalyType, involved: readonly number[], what: string) => void;

export function tellInto(anomalies: Anomaly[], transactions: readonly Transaction[]): Tell {
  const told = new Set<string>();
  return (type, involved, what) => {
    const explanation = `${type}, ${anomalyMeanings[type]}: ${what}.`;
    if (told.has(explanation)) return;
    told.add(explanation);
    anomalies.push({
      type,
      uses: null,
      transactions: involved.flatMap((index) => transactions[index] ?? []),
      cycle: [],
      explanation,
    });
  };
}

/** The transactions by name; of very many, the first and how many more there are. */
export function namesOf(group: readonly number[], most = 8): string {
  const names = group.slice(0, group.length > most ? most : undefined).map(nameOf);
  return group.length > most ? `${names.join(', ')} and ${group.length - most} others` : names.join(' and ');
}
