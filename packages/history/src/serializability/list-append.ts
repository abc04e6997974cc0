import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import type { Analysis } from './analysis.ts';
import { type Anomaly, type AnomalyType, anomalyMeanings } from './anomaly.ts';
import { DependencyGraph } from './graph.ts';
import { nameOf, type Transaction } from './transaction.ts';

interface Append {
  readonly transaction: number;
  readonly value: Value;
  /** It is the transaction's last append to the key. */
  readonly last: boolean;
}

interface Read {
  readonly transaction: number;
  /** All that was seen, without what the transaction itself had appended before. */
  readonly list: readonly Value[];
}

interface KeyHistory {
  readonly key: string;
  readonly appends: Map<string, Append>;
  readonly repeated: Set<string>;
  readonly reads: Read[];
}

/**
 * Transactions that append unique elements to lists and read them (Kingsbury and Alvaro's Elle): each read shows the order of everything
 * appended before, so the order of versions is read off rather than guessed. Elements appended twice are left out and told as gaps.
 */
export function analyseListAppend(transactions: readonly Transaction[]): Analysis {
  const anomalies: Anomaly[] = [];
  const gaps: string[] = [];
  const tell = (type: AnomalyType, involved: readonly number[], what: string): void => {
    const explanation = `${type}, ${anomalyMeanings[type]}: ${what}.`;
    anomalies.push({
      type,
      uses: null,
      transactions: involved.flatMap((index) => transactions[index] ?? []),
      cycle: [],
      explanation,
    });
  };
  const graph = new DependencyGraph(transactions.length);
  const committed = new Set(
    transactions.flatMap((transaction, index) => (transaction.outcome === 'ok' ? [index] : [])),
  );
  const orders: (readonly [KeyHistory, readonly Append[]])[] = [];
  for (const history of keyHistories(transactions, tell).values()) {
    if (history.repeated.size > 0) {
      gaps.push(`${[...history.repeated].slice(0, 3).join(', ')} was appended to ${history.key} more than once`);
      continue;
    }
    const order = versionOrder(history, transactions, tell);
    for (const { transaction } of order) committed.add(transaction);
    orders.push([history, order]);
  }
  // Only now is it known who took effect: what is seen under one key has happened under all.
  for (const [history, order] of orders) {
    if (!connect(graph, history, order, committed))
      gaps.push(`no read tells the order of the last appends to ${history.key}`);
    tellLostUpdates(history, tell);
  }
  return { graph, anomalies, committed, gaps };
}

type Tell = (type: AnomalyType, involved: readonly number[], what: string) => void;

function keyHistories(transactions: readonly Transaction[], tell: Tell): Map<string, KeyHistory> {
  const histories = new Map<string, KeyHistory>();
  const of = (key: string): KeyHistory => {
    const known = histories.get(key) ?? { key, appends: new Map(), repeated: new Set(), reads: [] };
    histories.set(key, known);
    return known;
  };
  for (const [index, transaction] of transactions.entries()) {
    const own = new Map<string, Value[]>();
    const seen = new Map<string, readonly Value[]>();
    const lastAppend = new Map<string, number>();
    for (const [i, operation] of transaction.operations.entries())
      if (operation.f === 'append') lastAppend.set(operation.key, i);
    for (const [i, operation] of transaction.operations.entries()) {
      const { key } = operation;
      const history = of(key);
      const appended = own.get(key) ?? [];
      if (operation.f === 'append') {
        const element = keyOf(operation.value);
        if (history.appends.has(element)) history.repeated.add(element);
        history.appends.set(element, { transaction: index, value: operation.value, last: lastAppend.get(key) === i });
        own.set(key, [...appended, operation.value]);
      } else if (operation.f === 'read' && operation.value !== undefined && transaction.outcome === 'ok') {
        const list = Array.isArray(operation.value) ? operation.value : [];
        const before = list.slice(0, Math.max(0, list.length - appended.length));
        const tail = list.slice(before.length);
        const expected = seen.get(key) ?? before;
        if (!sameValue(tail, appended) || !sameValue(before, expected)) {
          tell(
            'internal',
            [index],
            `${nameOf(index)} read ${showValue(list)} of ${key}, where its own operations before make it ${showValue([...expected, ...appended])}`,
          );
        } else if (!seen.has(key)) {
          history.reads.push({ transaction: index, list: before });
          seen.set(key, before);
        }
      }
    }
  }
  return histories;
}

/** The longest list that was read, as appends; also tells what is wrong with single reads. */
function versionOrder(history: KeyHistory, transactions: readonly Transaction[], tell: Tell): readonly Append[] {
  const { key, appends, reads } = history;
  const isAborted = (value: Value): boolean =>
    transactions[appends.get(keyOf(value))?.transaction ?? -1]?.outcome === 'failed';
  const sound = reads
    .filter((read) => isSound(read, history, transactions, tell))
    // What was aborted has no place in the order: that somebody read it is told by itself.
    .map(({ transaction, list }): Read => ({ transaction, list: list.filter((value) => !isAborted(value)) }));
  let longest: Read | null = null;
  for (const read of sound.sort((a, b) => a.list.length - b.list.length)) {
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
  history.reads.splice(
    0,
    Number.POSITIVE_INFINITY,
    ...sound.filter((read) => read.list.every((value, i) => sameValue(value, agreed[i]))),
  );
  return agreed.flatMap((value) => appends.get(keyOf(value)) ?? []);
}

function isSound(read: Read, { key, appends }: KeyHistory, transactions: readonly Transaction[], tell: Tell): boolean {
  const reader = nameOf(read.transaction);
  const seen = new Set<string>();
  let sound = true;
  for (const [i, value] of read.list.entries()) {
    const element = keyOf(value);
    const append = appends.get(element);
    if (seen.has(element)) {
      tell(
        'duplicate-elements',
        [read.transaction],
        `${reader} read ${element} twice in ${showValue(read.list)} of ${key}`,
      );
      sound = false;
    } else if (append === undefined) {
      tell('garbage-read', [read.transaction], `${reader} read ${element} in ${key}, and nobody appended it`);
      sound = false;
    } else if (transactions[append.transaction]?.outcome === 'failed') {
      tell(
        'G1a',
        [append.transaction, read.transaction],
        `${reader} read ${element} in ${key}, which ${nameOf(append.transaction)} had appended before it failed`,
      );
    } else if (append.transaction === read.transaction) {
      tell('internal', [read.transaction], `${reader} read ${element} in ${key} before it appended it itself`);
      sound = false;
    } else if (i === read.list.length - 1 && !append.last) {
      tell(
        'G1b',
        [append.transaction, read.transaction],
        `${reader} read ${key} up to ${element}, after which ${nameOf(append.transaction)} appended more to it`,
      );
    }
    seen.add(element);
  }
  return sound;
}

/** Adds what is certain about the key; true when the order of its versions is known whole. */
function connect(
  graph: DependencyGraph,
  { key, appends, reads }: KeyHistory,
  order: readonly Append[],
  committed: ReadonlySet<number>,
): boolean {
  const placed = new Set(order.map((append) => keyOf(append.value)));
  // What took effect and is in no read comes after everything that was read, in an order that nobody saw.
  const unseen = [...appends]
    .filter(([element, append]) => !placed.has(element) && committed.has(append.transaction))
    .map(([, append]) => append);
  for (const [i, append] of order.entries()) {
    for (const next of nextOf(order, unseen, i)) {
      graph.add(
        append.transaction,
        next.transaction,
        'ww',
        () =>
          `${nameOf(append.transaction)} appended ${showValue(append.value)} to ${key}, and ${nameOf(next.transaction)} appended ${showValue(next.value)} after it`,
      );
    }
  }
  for (const { transaction, list } of reads) {
    const last = order[list.length - 1];
    if (last !== undefined && list.length > 0) {
      graph.add(
        last.transaction,
        transaction,
        'wr',
        () =>
          `${nameOf(transaction)} read ${showValue(last.value)} in ${key}, which ${nameOf(last.transaction)} had appended`,
      );
    }
    for (const next of nextOf(order, unseen, list.length - 1)) {
      graph.add(
        transaction,
        next.transaction,
        'rw',
        () =>
          `${nameOf(transaction)} read ${showValue(list)} of ${key}, without ${showValue(next.value)}, which ${nameOf(next.transaction)} appended`,
      );
    }
  }
  return new Set(unseen.map((append) => append.transaction)).size < 2;
}

function nextOf(order: readonly Append[], unseen: readonly Append[], i: number): readonly Append[] {
  const next = order[i + 1];
  return next === undefined ? unseen : [next];
}

function tellLostUpdates({ key, appends, reads }: KeyHistory, tell: Tell): void {
  const writers = new Set([...appends.values()].map((append) => append.transaction));
  const byVersion = new Map<number, number[]>();
  for (const { transaction, list } of reads) {
    if (writers.has(transaction)) byVersion.set(list.length, [...(byVersion.get(list.length) ?? []), transaction]);
  }
  for (const group of byVersion.values()) {
    if (group.length > 1)
      tell(
        'lost-update',
        group,
        `${group.map(nameOf).join(' and ')} read the same version of ${key}, and each appended to it`,
      );
  }
}
