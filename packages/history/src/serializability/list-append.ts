import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import { type Analysis, type AnalysisLimits, namesOf, type Tell, tellInto } from './analysis.ts';
import type { Anomaly } from './anomaly.ts';
import { type Append, isSound, keyHistories, type KeyHistory, type Read } from './appends.ts';
import { addFan, type Told } from './fan.ts';
import { DependencyGraph } from './graph.ts';
import { nameOf, type Transaction } from './transaction.ts';

/** The versions of a key as far as they were read: who appended each element; null where more than one may have. */
type VersionOrder = readonly (Append | null)[];

interface OrderedKey {
  readonly history: KeyHistory;
  readonly order: VersionOrder;
  /** The reads that agree with the order. */
  readonly reads: readonly Read[];
  /** Who read something that tells nothing of the order. */
  readonly lost: ReadonlySet<number>;
}

/**
 * Transactions that append unique elements to lists and read them (Kingsbury and Alvaro's Elle): each read shows the order of everything
 * appended before, so the order of versions is read off rather than guessed. An element that was appended more than once ties nobody to
 * anybody and is told as a gap; those around it keep their order.
 */
export function analyseListAppend(
  transactions: readonly Transaction[],
  { tick, memoryBytes }: AnalysisLimits,
): Analysis {
  const anomalies: Anomaly[] = [];
  const gaps: string[] = [];
  const tell = tellInto(anomalies, transactions);
  const graph = new DependencyGraph(transactions.length, memoryBytes);
  const committed = new Set(
    transactions.flatMap((transaction, index) => (transaction.outcome === 'ok' ? [index] : [])),
  );
  const keys: OrderedKey[] = [];
  for (const history of keyHistories(transactions, tell, tick)) {
    const repeated = [...history.appends].flatMap(([element, appends]) => (appends.length > 1 ? [element] : []));
    if (repeated.length > 0)
      gaps.push(`${repeated.slice(0, 3).join(', ')} was appended to ${history.key} more than once`);
    const ordered = versionOrder(history, transactions, tell, tick);
    for (const append of ordered.order) if (append !== null) committed.add(append.transaction);
    if (ordered.lost.size > 0)
      gaps.push(`what ${namesOf([...ordered.lost])} read of ${history.key} does not tell its place in the order`);
    keys.push(ordered);
  }
  // Only now is it known who took effect: what is seen under one key has happened under all.
  for (const ordered of keys) {
    if (!connect(graph, ordered, committed, tick))
      gaps.push(`no read tells the order of the last appends to ${ordered.history.key}`);
    tellLostUpdates(ordered, tell);
  }
  return { graph, anomalies, committed, gaps };
}

/** The longest list that was read, as appends; also tells what is wrong with single reads. */
function versionOrder(
  history: KeyHistory,
  transactions: readonly Transaction[],
  tell: Tell,
  tick: () => void,
): OrderedKey {
  const { key, appends } = history;
  const isAborted = (value: Value): boolean =>
    (appends.get(keyOf(value)) ?? []).every((append) => transactions[append.transaction]?.outcome === 'failed');
  const sound: Read[] = [];
  const lost = new Set<number>();
  for (const read of history.reads) {
    tick();
    // What was aborted has no place in the order: that somebody read it is told by itself.
    if (isSound(read, history, transactions, tell) && read.as !== 'torn')
      sound.push({ ...read, list: read.list.filter((value) => !isAborted(value)) });
    else lost.add(read.transaction);
  }
  let longest: Read | null = null;
  for (const read of sound.sort((a, b) => a.list.length - b.list.length)) {
    tick();
    if (longest !== null && !longest.list.every((value, i) => sameValue(value, read.list[i]))) {
      const names = [longest.transaction, read.transaction];
      tell(
        'incompatible-order',
        names,
        `${nameOf(longest.transaction)} read ${showValue(longest.list)} of ${key} and ${nameOf(read.transaction)} read ${showValue(read.list)}`,
      );
      continue;
    }
    longest = read;
  }
  const agreed = longest?.list ?? [];
  const order = agreed.map((value) => {
    const [append, ...others] = appends.get(keyOf(value)) ?? [];
    return append === undefined || others.length > 0 ? null : append;
  });
  if (longest !== null) tellBackward(order, longest, key, tell);
  return {
    history,
    order,
    reads: sound.filter((read) => read.list.every((value, i) => sameValue(value, agreed[i]))),
    lost,
  };
}

/** Tells whose appends stand in an order that they did not make: of each transaction once, since what it appended may be thousands. */
function tellBackward(order: VersionOrder, { transaction: reader, list }: Read, key: string, tell: Tell): void {
  const latest = new Map<number, Append>();
  const told = new Set<number>();
  for (const append of order) {
    if (append === null) continue;
    const { transaction, place, value } = append;
    const before = latest.get(transaction);
    if (before !== undefined && before.place > place && !told.has(transaction)) {
      told.add(transaction);
      tell(
        'incompatible-order',
        [transaction, reader],
        `${nameOf(reader)} read ${showValue(list)} of ${key}, and ${nameOf(transaction)} appended ${showValue(value)} before ${showValue(before.value)}`,
      );
    }
    latest.set(transaction, append);
  }
}

/** Adds what is certain about the key; true when the order of its versions is known whole. */
function connect(
  graph: DependencyGraph,
  { history: { key, appends }, order, reads }: OrderedKey,
  committed: ReadonlySet<number>,
  tick: () => void,
): boolean {
  const placed = new Set(order.flatMap((append) => (append === null ? [] : keyOf(append.value))));
  // What took effect and is in no read comes after everything that was read, in an order that nobody saw.
  const unseen: Append[] = [];
  for (const [element, [append, ...others]] of appends) {
    if (append === undefined || others.length > 0 || placed.has(element)) continue;
    if (committed.has(append.transaction)) unseen.push(append);
  }
  const { before, after } = certainNeighbours(order);
  for (const [i, append] of order.entries()) {
    if (append === null) continue;
    const next = after[i + 1];
    // A later one in the order leads on to those that are in no read.
    for (const later of next === undefined ? unseen : [next]) {
      tick();
      graph.add(
        append.transaction,
        later.transaction,
        'ww',
        () =>
          `${nameOf(append.transaction)} appended ${showValue(append.value)} to ${key}, and ${nameOf(later.transaction)} appended ${showValue(later.value)} after it`,
      );
    }
  }
  const atTheEnd: Told[] = [];
  for (const { transaction, list, as } of reads) {
    tick();
    const last = before[list.length];
    if (last !== undefined) {
      graph.add(
        last.transaction,
        transaction,
        'wr',
        () =>
          `${nameOf(transaction)} read ${showValue(last.value)} in ${key}, which ${nameOf(last.transaction)} had appended`,
      );
    }
    // No level that minds what came after lets a later read differ: it only tells whom it read from.
    if (as === 'later') continue;
    const reader = { transaction, because: () => `${nameOf(transaction)} read ${showValue(list)} of ${key}` };
    const next = after[list.length];
    if (next === undefined) atTheEnd.push(reader);
    else addFan(graph, [reader], [without(next)], tick);
  }
  addFan(graph, atTheEnd, unseen.map(without), tick);
  return new Set(unseen.map((append) => append.transaction)).size < 2;
}

/**
 * For each length of the list, the nearest append before and after it that is certain. Between the two stand, at most, appends by whoever: they
 * come after the one and before the other, so the dependency holds by way of them.
 */
function certainNeighbours(order: VersionOrder): {
  readonly before: readonly (Append | undefined)[];
  readonly after: readonly (Append | undefined)[];
} {
  const before: (Append | undefined)[] = [undefined];
  for (const [i, append] of order.entries()) before.push(append ?? before[i]);
  const after: (Append | undefined)[] = [undefined];
  for (const append of order.toReversed()) after.push(append ?? after.at(-1));
  return { before, after: after.reverse() };
}

function without({ transaction, value }: Append): Told {
  return { transaction, because: () => `without ${showValue(value)}, which ${nameOf(transaction)} appended` };
}

function tellLostUpdates({ history: { key, appends }, reads }: OrderedKey, tell: Tell): void {
  const writers = new Set([...appends.values()].flat().map((append) => append.transaction));
  const byVersion = new Map<number, number[]>();
  for (const { transaction, list, as } of reads) {
    if (as === 'later' || !writers.has(transaction)) continue;
    const group = byVersion.get(list.length);
    if (group === undefined) byVersion.set(list.length, [transaction]);
    else group.push(transaction);
  }
  for (const group of byVersion.values()) {
    if (group.length > 1)
      tell('lost-update', group, `${namesOf(group)} read the same version of ${key}, and each appended to it`);
  }
}
