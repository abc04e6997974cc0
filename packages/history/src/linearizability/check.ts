import type { Decision, Model, Refutation } from '../model.ts';
import type { Entry, Operation } from '../operation.ts';
import { Budget, defaultMemoryBytes, OutOfBudget, type UndecidedReason } from './budget.ts';
import { partitionsOf } from './partition.ts';
import { search } from './search.ts';
import { specialize } from './specialize.ts';
import type { LinearizabilityVerdict, PartitionOrder } from './verdict.ts';
import { type Found, witnessOf } from './witness.ts';

export interface CheckOptions<I = unknown, O = unknown> {
  /** Milliseconds of the clock. Default: none. */
  readonly timeoutMs?: number;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  /** True when the time is up; beside `timeoutMs`. */
  readonly deadline?: () => boolean;
  /** About the most memory to use. Default 768 MiB. */
  readonly memoryBytes?: number;
  /** How long to make the witness of a violation smaller, within the time there is. Default 2,000 milliseconds. */
  readonly witnessMs?: number;
  /** In place of the model's own partitioning. Only where different parts never influence each other. */
  readonly partition?: (operation: Operation<I, O>) => string;
}

/** Configurations per partition in each round: easy partitions are not kept waiting by a hard one. */
const rounds = [20_000, 1_000_000, Number.POSITIVE_INFINITY];

/**
 * Whether the history could come from an object that does one operation at a time, each at a moment between its call and its return.
 * First, necessary conditions and special algorithms over all partitions; then the search, in rounds. Ends at the first impossible one.
 * Throws `HistoryError` for times that make no sense.
 */
export function checkLinearizable<S, I, O>(
  model: Model<S, I, O>,
  history: readonly Operation<I, O>[],
  options: CheckOptions<I, O> = {},
): LinearizabilityVerdict<I, O> {
  const budget = budgetOf(options);
  const violated = (
    partition: string,
    entries: readonly Entry<I, O>[],
    found: Found<I, O>,
  ): LinearizabilityVerdict<I, O> => {
    const witness = witnessOf(model, partition, entries, found, budget.atMost(options.witnessMs ?? 2000));
    return { status: 'violated', ...counts, witness };
  };
  const parts = partitionsOf(model, history, options.partition);
  const counts = { operations: history.length, partitions: parts.size };
  const orders: PartitionOrder<I, O>[] = [];
  let open = new Map(parts);
  const tooLarge: string[] = [];
  let reason: UndecidedReason = 'deadline';
  try {
    for (const [partition, entries] of parts) {
      budget.tick();
      const decision: Decision<I, O> = refute(model, entries, budget.tick);
      if (decision === 'linearizable') open.delete(partition);
      else if (decision !== null) return violated(partition, entries, decision);
    }
    for (const most of rounds) {
      const left = new Map<string, readonly Entry<I, O>[]>();
      for (const [partition, entries] of open) {
        const result = searchWithin(() => search(specialize(model, entries, budget.tick), budget, most));
        if (result.status === 'impossible') return violated(partition, entries, result);
        if (result.status === 'linearizable')
          orders.push({ partition, order: result.order.flatMap((i) => history[i] ?? []) });
        else if (result.status === 'memory') tooLarge.push(partition);
        else left.set(partition, entries);
      }
      open = left;
    }
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    reason = error.reason;
  }
  const undecided = [...open.keys(), ...tooLarge];
  if (undecided.length === 0) return { status: 'ok', ...counts, orders };
  if (open.size === 0) reason = 'memory';
  return {
    status: 'undecided',
    ...counts,
    reason,
    open: undecided,
    explanation: explain(reason, undecided.length, parts.size),
  };
}

function refute<S, I, O>(model: Model<S, I, O>, entries: readonly Entry<I, O>[], tick: () => void): Decision<I, O> {
  const refutation: Refutation<I, O> | null = model.refute?.(entries, tick) ?? null;
  return refutation ?? model.decide?.(entries, tick) ?? null;
}

/** One partition that needs too much memory leaves the others to be judged. */
function searchWithin<R>(run: () => R): R | { readonly status: 'memory' } {
  try {
    return run();
  } catch (error) {
    if (error instanceof OutOfBudget && error.reason === 'memory') return { status: 'memory' };
    throw error;
  }
}

function budgetOf<I, O>(options: CheckOptions<I, O>): Budget {
  const now = options.now ?? (() => performance.now());
  const end = options.timeoutMs === undefined ? Number.POSITIVE_INFINITY : now() + options.timeoutMs;
  const expired = (): boolean => options.deadline?.() === true || (end !== Number.POSITIVE_INFINITY && now() >= end);
  return new Budget(now, expired, options.memoryBytes ?? defaultMemoryBytes);
}

function explain(reason: UndecidedReason, open: number, all: number): string {
  const what = { deadline: 'The time was up', memory: 'The memory allowed was used up' } as const;
  const parts = all === 1 ? 'the history' : `${open} of ${all} partitions`;
  return `${what[reason]} before ${parts} could be decided`;
}
