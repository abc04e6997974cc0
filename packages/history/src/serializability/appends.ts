import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import type { Tell } from './analysis.ts';
import { nameOf, type Transaction } from './transaction.ts';

export interface Append {
  readonly transaction: number;
  readonly value: Value;
  /** Its place among the transaction's operations. */
  readonly place: number;
  /** It is the transaction's last append to the key. */
  readonly last: boolean;
}

export interface Read {
  readonly transaction: number;
  /** All that was seen, without what the transaction itself had appended before. */
  readonly list: readonly Value[];
  /**
   * The transaction's `first` read of the key, or a `later` one that differs from it. `torn`: it does not end with what the transaction itself had
   * appended, and so tells no order.
   */
  readonly as: 'first' | 'later' | 'torn';
}

/** What all transactions did with one key. */
export interface KeyHistory {
  readonly key: string;
  /** All appends of each element; more than one when it is not unique. */
  readonly appends: ReadonlyMap<string, readonly Append[]>;
  readonly reads: readonly Read[];
}

/** Parts a history by its keys; also tells where a transaction contradicts itself. */
export function keyHistories(
  transactions: readonly Transaction[],
  tell: Tell,
  tick: () => void,
): readonly KeyHistory[] {
  const histories = new Map<string, { key: string; appends: Map<string, Append[]>; reads: Read[] }>();
  for (const [index, transaction] of transactions.entries()) {
    tick();
    const own = new Map<string, Value[]>();
    const seen = new Map<string, readonly Value[]>();
    const lastAppend = new Map<string, number>();
    for (const [i, operation] of transaction.operations.entries())
      if (operation.f === 'append') lastAppend.set(operation.key, i);
    for (const [i, operation] of transaction.operations.entries()) {
      const { key } = operation;
      const history = histories.get(key) ?? { key, appends: new Map<string, Append[]>(), reads: [] };
      histories.set(key, history);
      const appended = own.get(key) ?? [];
      if (operation.f === 'append') {
        const element = keyOf(operation.value);
        const append = { transaction: index, value: operation.value, place: i, last: lastAppend.get(key) === i };
        const others = history.appends.get(element);
        if (others === undefined) history.appends.set(element, [append]);
        else others.push(append);
        own.set(key, [...appended, operation.value]);
      } else if (operation.f === 'read' && operation.value !== undefined && transaction.outcome === 'ok') {
        const list = Array.isArray(operation.value) ? operation.value : [];
        const before = list.slice(0, Math.max(0, list.length - appended.length));
        const tail = list.slice(before.length);
        const expected = seen.get(key) ?? before;
        const torn = !sameValue(tail, appended);
        const differs = torn || !sameValue(before, expected);
        if (differs) {
          tell(
            'internal',
            [index],
            `${nameOf(index)} read ${showValue(list)} of ${key}, where its own operations before make it ${showValue([...expected, ...appended])}`,
          );
        }
        // What it saw must be something to see, even where the level lets it differ.
        if (torn) history.reads.push({ transaction: index, list: withoutOwn(list, appended), as: 'torn' });
        else if (differs) history.reads.push({ transaction: index, list: before, as: 'later' });
        else if (!seen.has(key)) {
          history.reads.push({ transaction: index, list: before, as: 'first' });
          seen.set(key, before);
        }
      }
    }
  }
  return [...histories.values()];
}

function withoutOwn(list: readonly Value[], appended: readonly Value[]): readonly Value[] {
  const own = appended.map(keyOf);
  return list.filter((value) => {
    const at = own.indexOf(keyOf(value));
    if (at >= 0) own.splice(at, 1);
    return at < 0;
  });
}

/**
 * Tells what is wrong with one read; false when it says nothing of the order of versions. Where an element was appended more than once, only
 * what holds for each of its appends is told.
 */
export function isSound(
  read: Read,
  { key, appends }: KeyHistory,
  transactions: readonly Transaction[],
  tell: Tell,
): boolean {
  const reader = nameOf(read.transaction);
  const counts = new Map<string, number>();
  let sound = true;
  for (const [i, value] of read.list.entries()) {
    const element = keyOf(value);
    const candidates = appends.get(element) ?? [];
    const first = candidates[0];
    const count = (counts.get(element) ?? 0) + 1;
    counts.set(element, count);
    const failed = candidates.filter((append) => transactions[append.transaction]?.outcome === 'failed').length;
    if (first === undefined) {
      if (count === 1)
        tell('garbage-read', [read.transaction], `${reader} read ${element} in ${key}, and nobody appended it`);
      sound = false;
    } else if (count > candidates.length) {
      tell(
        'duplicate-elements',
        [read.transaction],
        `${reader} read ${element} ${times(count)} in ${showValue(read.list)} of ${key}`,
      );
      sound = false;
    } else if (failed === candidates.length) {
      tell(
        'G1a',
        [first.transaction, read.transaction],
        `${reader} read ${element} in ${key}, which ${nameOf(first.transaction)} had appended before it failed`,
      );
    } else if (candidates.every((append) => append.transaction === read.transaction)) {
      tell('internal', [read.transaction], `${reader} read ${element} in ${key} before it appended it itself`);
      sound = false;
    } else if (failed > 0) {
      // Perhaps it was aborted, and has no place in the order.
      sound = false;
    } else if (i === read.list.length - 1 && candidates.every((append) => !append.last)) {
      tell(
        'G1b',
        [first.transaction, read.transaction],
        `${reader} read ${key} up to ${element}, after which ${nameOf(first.transaction)} appended more to it`,
      );
    }
  }
  return sound;
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}
