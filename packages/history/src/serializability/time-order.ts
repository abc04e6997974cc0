import { HistoryError } from '../history-error.ts';
import type { DependencyGraph } from './graph.ts';
import { nameOf, type Transaction } from './transaction.ts';

/** Throws a `HistoryError` for a transaction that ends before it begins: real time would say what nobody can know. */
export function refuseBackward({ call, outcome, return: end, line }: Transaction, index: number): void {
  if (outcome !== 'ok' || call === undefined || end === undefined || end >= call) return;
  throw new HistoryError(line ?? null, `${nameOf(index)} to return after its call at ${call}`, String(end));
}

/** A client's transactions come one after the other, unless it had several under way at once. */
export function addProcessOrder(
  graph: DependencyGraph,
  transactions: readonly Transaction[],
  committed: ReadonlySet<number>,
): void {
  const last = new Map<string | number, number>();
  for (const index of byCall(transactions)) {
    const transaction = transactions[index];
    // Without a process nothing is known of what the same client did before.
    if (transaction === undefined || transaction.process === null || !committed.has(index)) continue;
    const before = last.get(transaction.process);
    if (before !== undefined && !overlap(transactions[before], transaction))
      graph.add(before, index, 'process', () => `process ${transaction.process} did ${nameOf(before)} first`);
    // After an unknown outcome the process is a new one, as far as order goes.
    if (transaction.outcome === 'ok') last.set(transaction.process, index);
    else last.delete(transaction.process);
  }
}

function overlap(before: Transaction | undefined, next: Transaction): boolean {
  return before?.return !== undefined && next.call !== undefined && next.call < before.return;
}

/**
 * What ended before another began comes before it. Only the edges that no others imply: each transaction from those that ended before it
 * and were not followed, whole, by another that also did.
 */
export function addRealTimeOrder(
  graph: DependencyGraph,
  transactions: readonly Transaction[],
  committed: ReadonlySet<number>,
  tick: () => void,
): void {
  const events: { readonly at: number; readonly index: number; readonly ends: boolean }[] = [];
  for (const [index, transaction] of transactions.entries()) {
    if (!committed.has(index) || transaction.call === undefined) continue;
    events.push({ at: transaction.call, index, ends: false });
    if (transaction.outcome === 'ok' && transaction.return !== undefined)
      events.push({ at: transaction.return, index, ends: true });
  }
  // Closed intervals: what begins in the instant in which another ends is concurrent with it.
  events.sort((a, b) => a.at - b.at || Number(a.ends) - Number(b.ends));
  const frontier = new Set<number>();
  const before = new Map<number, readonly number[]>();
  for (const { index, ends } of events) {
    tick();
    if (!ends) {
      before.set(index, [...frontier]);
      for (const earlier of frontier) {
        graph.add(
          earlier,
          index,
          'realtime',
          () =>
            `${nameOf(earlier)} had ended (at ${transactions[earlier]?.return}) before ${nameOf(index)} began (at ${transactions[index]?.call})`,
        );
      }
    } else {
      for (const earlier of before.get(index) ?? []) frontier.delete(earlier);
      frontier.add(index);
    }
  }
}

/** Whether their times alone say the order of each client's transactions. */
export function isSessionOrderInTime(transactions: readonly Transaction[]): boolean {
  const last = new Map<string | number, Transaction>();
  for (const index of byCall(transactions)) {
    const next = transactions[index];
    if (next === undefined || next.process === null || next.outcome === 'failed') continue;
    const before = last.get(next.process);
    const inTime = (before?.return ?? Number.POSITIVE_INFINITY) < (next.call ?? Number.NEGATIVE_INFINITY);
    if (before?.outcome === 'ok' && !inTime) return false;
    last.set(next.process, next);
  }
  return true;
}

/** By their calls, or by their places where not all have one: so a client's transactions stand in their order in any case. */
export function byCall(transactions: readonly Transaction[]): readonly number[] {
  const places = transactions.map((_, index) => index);
  if (transactions.some((transaction) => transaction.call === undefined)) return places;
  return places.sort((a, b) => (transactions[a]?.call ?? 0) - (transactions[b]?.call ?? 0) || a - b);
}
