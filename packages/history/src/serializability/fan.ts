import type { DependencyGraph } from './graph.ts';

/** A transaction with the half of a sentence that tells its part. */
export interface Told {
  readonly transaction: number;
  readonly because: () => string;
}

/** Of transactions that all read and overwrite one version, how many of the others each is tied to directly. */
const mostDirect = 64;

/**
 * Anti-dependencies from everyone who read a version to everyone who wrote over it. Through junctions, so that it takes as many edges as there
 * are transactions, and not as many as there are pairs. Nobody comes before themselves: who both read and wrote has a junction beside
 * theirs, which leads to those that only wrote. Of the pairs among them, each one a cycle, the first will do.
 */
export function addFan(
  graph: DependencyGraph,
  readers: readonly Told[],
  writers: readonly Told[],
  tick: () => void,
): void {
  if (readers.length === 0 || writers.length === 0) return;
  if (writers.length === 1 || readers.length === 1) {
    for (const reader of readers) for (const writer of writers) direct(graph, reader, writer, tick);
    return;
  }
  const writing = new Set(writers.map((writer) => writer.transaction));
  const both = new Set(readers.flatMap(({ transaction }) => (writing.has(transaction) ? [transaction] : [])));
  const onlyRead = readers.filter((reader) => !both.has(reader.transaction));
  const alsoWrote = readers.filter((reader) => both.has(reader.transaction));
  const onlyWrote = writers.filter((writer) => !both.has(writer.transaction));
  meet(graph, onlyRead, writers, tick);
  meet(graph, alsoWrote, onlyWrote, tick);
  const alsoRead = writers.filter((writer) => both.has(writer.transaction)).slice(0, mostDirect);
  for (const reader of alsoWrote) for (const writer of alsoRead) direct(graph, reader, writer, tick);
}

function meet(graph: DependencyGraph, readers: readonly Told[], writers: readonly Told[], tick: () => void): void {
  if (readers.length === 0 || writers.length === 0) return;
  const junction = graph.addJunction();
  for (const { transaction, because } of readers) {
    tick();
    graph.add(transaction, junction, 'rw', because);
  }
  for (const { transaction, because } of writers) {
    tick();
    graph.add(junction, transaction, null, because);
  }
}

function direct(graph: DependencyGraph, reader: Told, writer: Told, tick: () => void): void {
  tick();
  graph.add(reader.transaction, writer.transaction, 'rw', () => `${reader.because()}, ${writer.because()}`);
}
