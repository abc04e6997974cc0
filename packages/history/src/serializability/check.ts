import { Budget, defaultMemoryBytes, OutOfBudget, type UndecidedReason } from '../linearizability/budget.ts';
import type { Analysis } from './analysis.ts';
import { type Anomaly, anomalyMeanings } from './anomaly.ts';
import { findCycles } from './cycles.ts';
import type { Dependency } from './graph.ts';
import { forbids, type IsolationLevel, isolationLevels } from './isolation.ts';
import { analyseListAppend } from './list-append.ts';
import { analyseRwRegister } from './rw-register.ts';
import { explains } from './serial-order.ts';
import { type SearchLimits, searchOrders } from './serial-search.ts';
import { addProcessOrder, addRealTimeOrder, byCall, isSessionOrderInTime, refuseBackward } from './time-order.ts';
import type { Transaction, TransactionKind } from './transaction.ts';

export interface SerializabilityOptions {
  readonly kind: TransactionKind;
  /** What `status` speaks about. Default `serializable`. */
  readonly level?: IsolationLevel;
  readonly timeoutMs?: number;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  readonly deadline?: () => boolean;
  /** About the most memory to use. Default 768 MiB. */
  readonly memoryBytes?: number;
}

type Status = 'ok' | 'violated' | 'undecided';

export interface SerializabilityVerdict {
  /** For the level asked about. */
  readonly status: Status;
  readonly level: IsolationLevel;
  readonly levels: Readonly<Record<IsolationLevel, Status>>;
  readonly transactions: number;
  /** All that were found, whatever the level. */
  readonly anomalies: readonly Anomaly[];
  /** An order of the transactions that explains every read, when one was found that the level asked about allows. */
  readonly order: readonly Transaction[] | null;
  /** One sentence. */
  readonly explanation: string;
}

/**
 * Which isolation levels a history of transactions keeps. Violations are cycles of dependencies that are certain; `ok` rests on a serial
 * order that was replayed, or, for the weaker levels, on the order of versions being known whole.
 */
export function checkSerializable(
  transactions: readonly Transaction[],
  options: SerializabilityOptions,
): SerializabilityVerdict {
  const level = options.level ?? 'serializable';
  for (const [index, transaction] of transactions.entries()) refuseBackward(transaction, index);
  const limits = limitsOf(options);
  const { tick } = limits;
  let analysis: Analysis | null = null;
  try {
    analysis = analyses[options.kind](transactions, limits);
    addProcessOrder(analysis.graph, transactions, analysis.committed);
    addRealTimeOrder(analysis.graph, transactions, analysis.committed, tick);
    const { anomalies, complete } = findCycles(analysis.graph, transactions, tick);
    return judge(transactions, analysis, [...analysis.anomalies, ...anomalies], complete, level, options.kind, limits);
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    // What is certain by then stays so.
    const anomalies = analysis?.anomalies ?? [];
    const worst = anomalies.find((anomaly) => forbids(level, anomaly));
    const levels = levelRecord((each) => (anomalies.some((one) => forbids(each, one)) ? 'violated' : 'undecided'));
    return {
      status: levels[level],
      level,
      levels,
      transactions: transactions.length,
      anomalies,
      order: null,
      explanation: worst?.explanation ?? `${spent[error.reason]} before the history could be decided`,
    };
  }
}

const analyses = {
  'list-append': analyseListAppend,
  'rw-register': analyseRwRegister,
} as const satisfies Record<TransactionKind, unknown>;

const spent = {
  deadline: 'The time was up',
  memory: 'The memory allowed was used up',
} as const satisfies Record<UndecidedReason, string>;

const serialLevels = ['serializable', 'strong-session-serializable', 'strict-serializable'] as const;
const data: readonly Dependency[] = ['ww', 'wr', 'rw'];
const edgesOf = {
  serializable: new Set(data),
  'strong-session-serializable': new Set<Dependency>([...data, 'process']),
  'strict-serializable': new Set<Dependency>([...data, 'process', 'realtime']),
} as const satisfies Record<(typeof serialLevels)[number], ReadonlySet<Dependency>>;

function judge(
  transactions: readonly Transaction[],
  analysis: Analysis,
  found: readonly Anomaly[],
  complete: boolean,
  level: IsolationLevel,
  kind: TransactionKind,
  limits: SearchLimits,
): SerializabilityVerdict {
  const anomalies = [...found];
  const rank = rankOf(transactions);
  const orders = new Map<IsolationLevel, readonly number[]>();
  const isForbidden = (each: IsolationLevel): boolean => anomalies.some((anomaly) => forbids(each, anomaly));
  for (const each of serialLevels) {
    if (isForbidden(each)) continue;
    const order = analysis.graph.order(edgesOf[each], rank)?.filter((index) => analysis.committed.has(index)) ?? null;
    if (order !== null && explains(order, transactions)) orders.set(each, order);
  }
  // An order that a stricter level allows will do for the others.
  const isOpen = (each: IsolationLevel): boolean =>
    !isForbidden(each) && !(each === 'serializable' ? orders.size > 0 : orders.has(each));
  const settled = new Map<IsolationLevel, Status>(
    kind === 'rw-register' ? searchOrders(transactions, isOpen, limits) : [],
  );
  const spent = [...settled.values()].includes('undecided');
  if (settled.get('serializable') === 'violated') anomalies.push(noOrder(transactions, null));
  else if (settled.get('strict-serializable') === 'violated') anomalies.push(noOrder(transactions, 'realtime'));
  // What was searched knows of no sessions, which are a part of the strictest level.
  if (settled.get('strict-serializable') === 'ok' && !isSessionOrderInTime(transactions))
    settled.set('strict-serializable', 'undecided');
  const serial = orders.size > 0 || [...settled.values()].includes('ok');
  const known = analysis.gaps.length === 0 && complete;
  // Where the weakest level does not forbid it, nobody knows whether it happened.
  const doubtful = anomalies.find(({ type, uses }) => type === 'G0' && uses === null);
  const levels = levelRecord((each) => {
    if (isForbidden(each)) return 'violated';
    if (each === 'strict-serializable') return orders.has(each) ? 'ok' : (settled.get(each) ?? 'undecided');
    if (orders.has('strict-serializable') || settled.get('strict-serializable') === 'ok') return 'ok';
    if (each === 'strong-session-serializable') return orders.has(each) ? 'ok' : 'undecided';
    if (each === 'read-uncommitted' && doubtful !== undefined) return 'undecided';
    return serial || (each !== 'serializable' && known) ? 'ok' : 'undecided';
  });
  const order =
    orders.get('strict-serializable') ??
    orders.get(level) ??
    (level === 'strict-serializable' || level === 'strong-session-serializable' ? undefined : [...orders.values()][0]);
  return {
    status: levels[level],
    level,
    levels,
    transactions: transactions.length,
    anomalies,
    order: order?.flatMap((index) => transactions[index] ?? []) ?? null,
    explanation: explain(levels[level], level, anomalies, () => {
      if (doubtful !== undefined)
        return `Nobody knows whether all of these transactions took effect, though others read of them: ${doubtful.explanation}`;
      if (analysis.gaps.length > 0)
        return `Nothing wrong was found, but not everything is known: ${analysis.gaps.slice(0, 3).join('; ')}`;
      if (!complete) return 'There are too many cycles to look at each';
      if (spent) return 'No order of the transactions was found with the time and memory there are';
      return 'Nothing wrong was found, and no order that was tried explains the reads';
    }),
  };
}

function noOrder(transactions: readonly Transaction[], uses: Anomaly['uses']): Anomaly {
  const type = 'no-serial-order';
  const which = uses === null ? 'every order' : 'every order that respects real time';
  return {
    type,
    uses,
    transactions,
    cycle: [],
    explanation: `${type}, ${anomalyMeanings[type]}: ${which} was ruled out by search.`,
  };
}

export function levelRecord(of: (level: IsolationLevel) => Status): Record<IsolationLevel, Status> {
  const [ru, rc, si, rr, s, ss, strict] = isolationLevels;
  return { [ru]: of(ru), [rc]: of(rc), [si]: of(si), [rr]: of(rr), [s]: of(s), [ss]: of(ss), [strict]: of(strict) };
}

function rankOf(transactions: readonly Transaction[]): readonly number[] {
  const rank: number[] = [];
  for (const [place, index] of byCall(transactions).entries()) rank[index] = place;
  return rank;
}

/** One end for all that a check does. */
function limitsOf(options: SerializabilityOptions): SearchLimits {
  const now = options.now ?? (() => performance.now());
  const end = options.timeoutMs === undefined ? Number.POSITIVE_INFINITY : now() + options.timeoutMs;
  const deadline = (): boolean => options.deadline?.() === true || (end !== Number.POSITIVE_INFINITY && now() >= end);
  const { tick, memoryBytes } = new Budget(now, deadline, options.memoryBytes ?? defaultMemoryBytes);
  return { tick, memoryBytes, now, deadline, end };
}

function explain(
  status: Status,
  level: IsolationLevel,
  anomalies: readonly Anomaly[],
  whyUndecided: () => string,
): string {
  if (status === 'violated') return anomalies.find((anomaly) => forbids(level, anomaly))?.explanation ?? '';
  if (status === 'ok') return `Nothing that ${level} rules out happened`;
  return whyUndecided();
}
