import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import { type Analysis, type AnalysisLimits, namesOf, type Tell, tellInto } from './analysis.ts';
import type { Anomaly } from './anomaly.ts';
import { addFan, type Told } from './fan.ts';
import { DependencyGraph } from './graph.ts';
import { nameOf, type Transaction } from './transaction.ts';

const initial = 'null';

interface Write {
  readonly transaction: number;
  /** It is the transaction's last write to the key. */
  readonly last: boolean;
}

interface KeyHistory {
  readonly key: string;
  readonly writes: Map<string, Write>;
  readonly repeated: Set<string>;
  /** The version each transaction read before it wrote. */
  readonly reads: Map<number, string>;
  /** Other versions that transactions read of others, where each should have seen the first, or what it had written itself. */
  readonly later: { readonly reader: number; readonly version: string }[];
  /** Who contradicts what it wrote itself. */
  readonly torn: Set<number>;
  /** The version each transaction left. */
  readonly left: Map<number, string>;
}

/**
 * Transactions that write unique values to registers and read them. Who read from whom is certain; the order of versions is known only in
 * part: nothing comes before the initial version, and who read a version and wrote to the key put a later one, or else there is a cycle of reads
 * (G1c) at least. That is why no cycle is said to be one of writes alone (G0): with registers nobody can see it.
 */
export function analyseRwRegister(
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
  const histories = [...keyHistories(transactions, tell, tick).values()];
  for (const history of histories) tellReads(history, transactions, committed, tell);
  // Only now is it known who took effect: what is seen under one key has happened under all.
  for (const history of histories) {
    if (history.repeated.size > 0)
      gaps.push(`${[...history.repeated].slice(0, 3).join(', ')} was written to ${history.key} more than once`);
    if (!connect(graph, history, committed, tick) && history.repeated.size === 0)
      gaps.push(`the order of the versions of ${history.key} does not follow from the reads`);
    if (history.torn.size > 0)
      gaps.push(`${namesOf([...history.torn])} did not read of ${history.key} what it had written itself`);
    tellLostUpdates(history, committed, tell);
  }
  return { graph, anomalies, committed, gaps };
}

function keyHistories(transactions: readonly Transaction[], tell: Tell, tick: () => void): Map<string, KeyHistory> {
  const histories = new Map<string, KeyHistory>();
  for (const [index, transaction] of transactions.entries()) {
    tick();
    const now = new Map<string, Value>();
    const wrote = new Map<string, Set<string>>();
    const lastWrite = new Map<string, number>();
    for (const [i, operation] of transaction.operations.entries())
      if (operation.f === 'write') lastWrite.set(operation.key, i);
    for (const [i, operation] of transaction.operations.entries()) {
      const { key } = operation;
      const history: KeyHistory = histories.get(key) ?? {
        key,
        writes: new Map(),
        repeated: new Set(),
        reads: new Map(),
        later: [],
        torn: new Set(),
        left: new Map(),
      };
      histories.set(key, history);
      if (operation.f === 'write') {
        const version = keyOf(operation.value);
        // A write of nothing cannot be told from the initial version.
        if (history.writes.has(version) || version === initial) history.repeated.add(version);
        history.writes.set(version, { transaction: index, last: lastWrite.get(key) === i });
        history.left.set(index, version);
        now.set(key, operation.value);
        wrote.set(key, (wrote.get(key) ?? new Set()).add(version));
      } else if (operation.f === 'read' && operation.value !== undefined && transaction.outcome === 'ok') {
        const expected = now.get(key);
        if (expected !== undefined && !sameValue(expected, operation.value)) {
          tell(
            'internal',
            [index],
            `${nameOf(index)} read ${showValue(operation.value)} of ${key} after its own operations had made it ${showValue(expected)}`,
          );
        }
        const version = keyOf(operation.value);
        const own = wrote.get(key);
        if (own !== undefined && !sameValue(expected, operation.value)) history.torn.add(index);
        if (own === undefined && !history.reads.has(index)) history.reads.set(index, version);
        else if (own?.has(version) !== true && history.reads.get(index) !== version)
          history.later.push({ reader: index, version });
        now.set(key, operation.value);
      }
    }
  }
  return histories;
}

function tellReads(
  { key, writes, repeated, reads, later, torn }: KeyHistory,
  transactions: readonly Transaction[],
  committed: Set<number>,
  tell: Tell,
): void {
  for (const { reader, version } of [...firsts(reads), ...later]) {
    if (version === initial || repeated.has(version)) continue;
    const write = writes.get(version);
    if (write?.transaction === reader) {
      torn.add(reader);
      tell('internal', [reader], `${nameOf(reader)} read ${version} of ${key} before it wrote it itself`);
    } else if (write === undefined)
      tell('garbage-read', [reader], `${nameOf(reader)} read ${version} of ${key}, and nobody wrote it`);
    else if (transactions[write.transaction]?.outcome === 'failed') {
      tell(
        'G1a',
        [write.transaction, reader],
        `${nameOf(reader)} read ${version} of ${key}, which ${nameOf(write.transaction)} had written before it failed`,
      );
    } else {
      committed.add(write.transaction);
      if (!write.last) {
        tell(
          'G1b',
          [write.transaction, reader],
          `${nameOf(reader)} read ${version} of ${key}, which ${nameOf(write.transaction)} wrote over before it ended`,
        );
      }
    }
  }
}

/** Adds what is certain about the key; true when the order of its versions is a single line. */
function connect(
  graph: DependencyGraph,
  history: KeyHistory,
  committed: ReadonlySet<number>,
  tick: () => void,
): boolean {
  const { key, writes, repeated, reads, later, left } = history;
  const readers = new Map<string, number[]>();
  for (const [reader, version] of reads) if (!repeated.has(version)) collect(readers, version, reader);
  // No level that minds what came after lets a later read differ: those only tell whom they read from.
  for (const { reader, version } of [...firsts(reads), ...later]) {
    tick();
    if (repeated.has(version)) continue;
    const writer = writes.get(version)?.transaction;
    if (writer !== undefined)
      graph.add(
        writer,
        reader,
        'wr',
        () => `${nameOf(reader)} read ${version} of ${key}, which ${nameOf(writer)} had written`,
      );
  }
  const followers = new Map<string, string[]>();
  let line = true;
  for (const [transaction, version] of left) {
    if (!committed.has(transaction) || repeated.has(version)) continue;
    const before = reads.get(transaction);
    const certain = before !== undefined && !repeated.has(before);
    const from = certain ? before : initial;
    if (!certain) line = false;
    if (repeated.has(from)) continue;
    collect(followers, from, version);
  }
  for (const [version, next] of followers) {
    if (next.length > 1) line = false;
    const saw = (readers.get(version) ?? []).map(
      (reader): Told => ({
        transaction: reader,
        because: () => `${nameOf(reader)} read ${version === initial ? 'nothing' : version} of ${key}`,
      }),
    );
    const wrote = next.flatMap((later): Told[] => {
      const by = writes.get(later)?.transaction;
      if (by === undefined) return [];
      return [{ transaction: by, because: () => `which ${nameOf(by)} then wrote over with ${later}` }];
    });
    addFan(graph, saw, wrote, tick);
  }
  return line || left.size <= 1;
}

function tellLostUpdates({ key, reads, left, repeated }: KeyHistory, committed: ReadonlySet<number>, tell: Tell): void {
  const byVersion = new Map<string, number[]>();
  for (const [transaction, version] of reads) {
    if (left.has(transaction) && committed.has(transaction) && !repeated.has(version))
      collect(byVersion, version, transaction);
  }
  for (const [version, group] of byVersion) {
    if (group.length > 1)
      tell('lost-update', group, `${namesOf(group)} read ${version} of ${key}, and each wrote over it`);
  }
}

function firsts(reads: KeyHistory['reads']): KeyHistory['later'] {
  return Array.from(reads, ([reader, version]) => ({ reader, version }));
}

function collect<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}
