import type { Decision } from '../model.ts';
import { type Entry, precedes } from '../operation.ts';
import { countWhile } from './bisect.ts';
import { type CellView, shownKey } from './cell.ts';

/** A value with its write and its reads, and the span in which the cell must (or may) have held it. */
interface Zone<I, O> {
  readonly value: string;
  /** The operation that returns first; its return. */
  first: Entry<I, O> | null;
  firstReturn: number;
  /** The operation called last; its call. */
  last: Entry<I, O> | null;
  lastCall: number;
}

/**
 * Gibbons and Korach's zones: a history of reads and writes in which no value is written twice is linearizable exactly when no two
 * values each have to come before the other. Does not apply (null) to anything else. O(n log n).
 */
export function decideByZones<I, O>(views: readonly CellView<I, O>[], initial: string): Decision<I, O> {
  const writers = new Map<string, Entry<I, O>>();
  const read = new Set<string>();
  for (const { entry, saw, left, opaque, compared } of views) {
    if (opaque || compared !== null || (saw === null) === (left === null)) return null;
    if (saw !== null) read.add(saw);
    if (left === null) continue;
    if (left === initial || writers.has(left)) return null;
    writers.set(left, entry);
  }
  const zones = new Map<string, Zone<I, O>>();
  if (read.has(initial)) {
    const start = Number.NEGATIVE_INFINITY;
    zones.set(initial, { value: initial, first: null, firstReturn: start, last: null, lastCall: start });
  }
  for (const { entry, saw, left } of views) {
    const value = saw ?? left ?? '';
    // An unknown write that nobody saw need not have happened.
    if (!entry.known && !read.has(value)) continue;
    const writer = writers.get(value);
    if (saw !== null && saw !== initial) {
      if (writer === undefined)
        return { core: [entry], why: `The value ${shownKey(saw)} was seen, and nobody wrote it` };
      if (precedes(entry, writer))
        return { core: [entry, writer], why: `The value ${shownKey(saw)} was seen before anybody began to write it` };
    }
    widen(zones, value, entry);
  }
  return conflictOf([...zones.values()], writers) ?? 'linearizable';
}

function widen<I, O>(zones: Map<string, Zone<I, O>>, value: string, entry: Entry<I, O>): void {
  const zone = zones.get(value);
  if (zone === undefined) {
    zones.set(value, { value, first: entry, firstReturn: entry.return, last: entry, lastCall: entry.call });
    return;
  }
  if (entry.return < zone.firstReturn) {
    zone.first = entry;
    zone.firstReturn = entry.return;
  }
  if (entry.call > zone.lastCall) {
    zone.last = entry;
    zone.lastCall = entry.call;
  }
}

/** Two zones conflict when each has an operation that ends before one of the other begins; at least one of them is then "forward". */
function conflictOf<I, O>(zones: readonly Zone<I, O>[], writers: ReadonlyMap<string, Entry<I, O>>): Decision<I, O> {
  const byStart = zones
    .filter((zone) => zone.firstReturn < zone.lastCall)
    .sort((a, b) => a.firstReturn - b.firstReturn);
  // Forward zones that begin earlier than a point: the one that reaches furthest is the last, as long as they are disjoint.
  for (const [i, zone] of byStart.entries()) {
    const next = byStart[i + 1];
    if (next !== undefined && next.firstReturn < zone.lastCall) return conflict(zone, next, writers);
  }
  for (const zone of zones) {
    if (zone.firstReturn < zone.lastCall) continue;
    const around = lastBefore(byStart, zone.lastCall);
    if (around !== null && zone.firstReturn < around.lastCall) return conflict(around, zone, writers);
  }
  return null;
}

function lastBefore<I, O>(sorted: readonly Zone<I, O>[], time: number): Zone<I, O> | null {
  return sorted[countWhile(sorted.length, (i) => (sorted[i]?.firstReturn ?? 0) < time) - 1] ?? null;
}

function conflict<I, O>(a: Zone<I, O>, b: Zone<I, O>, writers: ReadonlyMap<string, Entry<I, O>>): Decision<I, O> {
  const core = new Set([a.first, a.last, b.first, b.last, writers.get(a.value) ?? null, writers.get(b.value) ?? null]);
  return {
    core: [...core].filter((entry) => entry !== null && entry.known).flatMap((entry) => entry ?? []),
    why: `The value ${shownKey(a.value)} must have been there both before and after the value ${shownKey(b.value)}, with no second write of it in between`,
  };
}
