import type { Anomaly, AnomalyType } from './anomaly.ts';

export const isolationLevels = [
  'read-uncommitted',
  'read-committed',
  'snapshot-isolation',
  'repeatable-read',
  'serializable',
  'strong-session-serializable',
  'strict-serializable',
] as const;
export type IsolationLevel = (typeof isolationLevels)[number];

const uncommitted = ['G0', 'duplicate-elements', 'garbage-read'] as const satisfies readonly AnomalyType[];
const committed = [...uncommitted, 'G1a', 'G1b', 'G1c', 'incompatible-order'] as const satisfies readonly AnomalyType[];
const snapshot = [
  ...committed,
  'internal',
  'G-single',
  'G-nonadjacent',
  'lost-update',
] as const satisfies readonly AnomalyType[];
const items = [...snapshot, 'G2-item'] as const satisfies readonly AnomalyType[];
const everything = [...items, 'no-serial-order'] as const satisfies readonly AnomalyType[];

/** Which anomalies each level rules out. Repeatable read is Adya's PL-2.99: without predicates it rules out what serializable does. */
export const forbidden: Readonly<Record<IsolationLevel, readonly AnomalyType[]>> = {
  'read-uncommitted': uncommitted,
  'read-committed': committed,
  'snapshot-isolation': snapshot,
  'repeatable-read': items,
  serializable: everything,
  'strong-session-serializable': everything,
  'strict-serializable': everything,
};

/** The orders beside data dependencies that a level must respect. */
const respects: Readonly<Record<IsolationLevel, readonly Anomaly['uses'][]>> = {
  'read-uncommitted': [null],
  'read-committed': [null],
  'snapshot-isolation': [null],
  'repeatable-read': [null],
  serializable: [null],
  'strong-session-serializable': [null, 'process'],
  'strict-serializable': [null, 'process', 'realtime'],
};

export function forbids(
  level: IsolationLevel,
  { type, uses, transactions }: Pick<Anomaly, 'type' | 'uses' | 'transactions'>,
): boolean {
  return forbidden[level].includes(type) && respects[level].includes(uses) && !isDoubtful(level, type, transactions);
}

/** Where dirty reads are allowed, whoever was read may have been rolled back all the same, and then its writes come before nobody's. */
function isDoubtful(level: IsolationLevel, type: AnomalyType, transactions: Anomaly['transactions']): boolean {
  return level === 'read-uncommitted' && type === 'G0' && transactions.some(({ outcome }) => outcome !== 'ok');
}
