import { checkLinearizable } from '../linearizability/check.ts';
import { multiRegister, type MultiRegisterInput, type MultiRegisterOutput } from '../models/multi-register.ts';
import type { Operation } from '../operation.ts';
import type { AnalysisLimits } from './analysis.ts';
import type { Transaction } from './transaction.ts';

type SearchedLevel = 'serializable' | 'strict-serializable';
type Result = 'ok' | 'violated' | 'undecided';

export interface SearchLimits extends AnalysisLimits {
  readonly now: () => number;
  readonly deadline: () => boolean;
  /** When the time is up, by `now`; infinity where only `deadline` knows. */
  readonly end: number;
}

/**
 * Where the reads leave the order of versions open, all orders are searched, for the levels that are still open. Real time leaves few of
 * them, and one that respects it is an order at all: so that is looked for first, and any other only where there is none, or half of the time has
 * found none.
 */
export function searchOrders(
  transactions: readonly Transaction[],
  isOpen: (level: SearchedLevel) => boolean,
  limits: SearchLimits,
): ReadonlyMap<SearchedLevel, Result> {
  const found = new Map<SearchedLevel, Result>();
  const any = isOpen('serializable');
  // Without times both ask the same.
  const timed = transactions.some(({ call }) => call !== undefined);
  if (isOpen('strict-serializable'))
    found.set('strict-serializable', searchOrder(transactions, true, any && timed ? firstHalf(limits) : limits));
  const strict = found.get('strict-serializable');
  if (any) {
    const settled = strict === 'ok' || (strict !== undefined && !timed);
    found.set('serializable', settled ? strict : searchOrder(transactions, false, limits));
  }
  return found;
}

function firstHalf(limits: SearchLimits): SearchLimits {
  const { now, deadline, end } = limits;
  if (end === Number.POSITIVE_INFINITY) return limits;
  const half = (now() + end) / 2;
  return { ...limits, end: half, deadline: () => now() >= half || deadline() };
}

/** A transaction is one operation on several registers. */
function searchOrder(
  transactions: readonly Transaction[],
  inRealTime: boolean,
  { now, deadline, memoryBytes }: SearchLimits,
): Result {
  const history = transactions.map((transaction): Operation<MultiRegisterInput, MultiRegisterOutput> => {
    const { outcome } = transaction;
    const told = transaction.operations.filter(
      (operation) => outcome !== 'ok' || operation.f !== 'read' || operation.value !== undefined,
    );
    const input = told.map((operation) =>
      operation.f === 'read'
        ? ({ f: 'read', key: operation.key } as const)
        : ({ f: 'write', key: operation.key, value: operation.value } as const),
    );
    const output = told.map((operation) => operation.value ?? null);
    // Without times it may have run at any.
    const times = inRealTime
      ? { call: transaction.call ?? -Number.MAX_VALUE, return: transaction.return ?? Number.MAX_VALUE }
      : { call: 0, return: 1 };
    // By time alone: what a session adds is judged by its cycles.
    return { process: null, outcome, input, output, ...times };
  });
  return checkLinearizable(multiRegister(), history, { now, deadline, memoryBytes, witnessMs: 0 }).status;
}
