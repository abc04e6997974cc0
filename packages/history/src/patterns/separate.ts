import type { Sightings } from '../model.ts';
import type { Entry } from '../operation.ts';
import { countWhile } from './bisect.ts';
import { type CellView, occurrence } from './cell.ts';

/** One name for every value that nobody sees: they cannot be told apart, so neither need a search. */
const unseen = `unseen${occurrence}`;

export function mergeUnseen<I, O>(views: readonly CellView<I, O>[], initial: string): readonly CellView<I, O>[] {
  const seen = new Set([initial]);
  for (const { saw, compared } of views) for (const key of [saw, compared]) if (key !== null) seen.add(key);
  return views.map((view) => (view.left !== null && !seen.has(view.left) ? { ...view, left: unseen } : view));
}

/**
 * Leaves out unknown operations that can help nobody: writes of a value that no known operation needs, directly or through unknown
 * compare-and-sets, and compare-and-sets from a value that is never there. Where a known compare-and-set was refused, any change may help.
 */
export function withoutIdle<I, O>(views: readonly CellView<I, O>[], initial: string): readonly CellView<I, O>[] {
  if (views.some((view) => view.entry.known && view.compared !== null)) return views;
  const written = new Set([initial]);
  const wanted = new Set<string>();
  for (const { entry, saw, left } of views) {
    if (left !== null) written.add(left);
    if (entry.known && saw !== null) wanted.add(saw);
  }
  const unknown = views.filter((view) => !view.entry.known);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { left, compared } of unknown) {
      if (left === null || compared === null || !wanted.has(left) || wanted.has(compared)) continue;
      wanted.add(compared);
      grew = true;
    }
  }
  const helps = ({ left, compared }: CellView<I, O>): boolean =>
    left !== null && wanted.has(left) && (compared === null || written.has(compared));
  return views.filter((view) => view.entry.known || helps(view));
}

/**
 * Who saw which value, for a cell that holds one value at a time. Nothing may be hidden where somebody compared without seeing: taking a
 * value away could make such a comparison come out otherwise.
 */
export function cellSightings<I, O>(views: readonly CellView<I, O>[], initial: string): Sightings<string> {
  const writers = new Map<string, number>([[initial, 1]]);
  const seenBy = new Map<number, string>();
  const hidden = new Map<number, string>();
  const overwrites = new Set<number>();
  const compares = views.some((view) => view.compared !== null);
  for (const { entry, saw, left } of views) {
    if (left !== null) writers.set(left, (writers.get(left) ?? 0) + 1);
    if (saw !== null && saw !== left && entry.known) seenBy.set(entry.index, saw);
    if (compares || left === null || saw !== null) continue;
    overwrites.add(entry.index);
    if (entry.known) hidden.set(entry.index, left);
  }
  for (const { saw, left } of views)
    if (saw !== null && saw === left) for (const [index, name] of hidden) if (name === left) hidden.delete(index);
  return {
    of: (state) => state,
    seenBy,
    once: new Set([...writers].filter(([, count]) => count === 1).map(([name]) => name)),
    hidden,
    overwrites,
  };
}

/**
 * Renames values without changing whether the history is linearizable, so that more of them are written once. Two writes of one value
 * get different names when no read could have seen both: a read can only have seen a write that began before it ended and that no
 * other write certainly overwrote before it began.
 */
export function separateValues<I, O>(
  views: readonly CellView<I, O>[],
  initial: string,
  tick: () => void,
): readonly CellView<I, O>[] {
  const fixed = new Set([initial]);
  for (const { compared } of views) if (compared !== null) fixed.add(compared);
  const writes = new Map<string, CellView<I, O>[]>();
  for (const view of views) {
    if (view.left === null || fixed.has(view.left)) continue;
    const list = writes.get(view.left);
    if (list === undefined) writes.set(view.left, [view]);
    else list.push(view);
  }
  const overwritten = latestOverwritten(views);
  const groups = new Map(
    [...writes].filter(([, list]) => list.length > 1).map(([value, list]) => [value, new Occurrences(value, list)]),
  );
  for (const { entry, saw } of views) {
    const group = saw === null ? undefined : groups.get(saw);
    if (group === undefined) continue;
    tick();
    group.join(entry, overwritten(entry.call));
  }
  return views.map((view) => ({
    ...view,
    saw: view.saw === null ? null : (groups.get(view.saw)?.nameSeenBy(view.entry) ?? view.saw),
    left: view.left === null ? null : (groups.get(view.left)?.nameWrittenBy(view.entry) ?? view.left),
  }));
}

/** For a time: every write that returned before the answer was certainly overwritten by then. */
function latestOverwritten<I, O>(views: readonly CellView<I, O>[]): (time: number) => number {
  const writes = views
    .filter((view) => view.left !== null && view.entry.known)
    .sort((a, b) => a.entry.return - b.entry.return);
  const calls: number[] = [];
  for (const { entry } of writes) calls.push(Math.max(calls.at(-1) ?? Number.NEGATIVE_INFINITY, entry.call));
  return (time) => {
    const low = countWhile(writes.length, (i) => (writes[i]?.entry.return ?? 0) < time);
    return calls[low - 1] ?? Number.NEGATIVE_INFINITY;
  };
}

/** The writes of one value, joined where one read could have seen either. */
class Occurrences<I, O> {
  readonly #value: string;
  readonly #writers: readonly Entry<I, O>[];
  readonly #number = new Map<number, number>();
  /** The numbers of the known writers, and of the unknown ones. */
  readonly #known: readonly number[];
  readonly #unknown: readonly number[];
  readonly #group: number[];
  /** The latest return up to each of the known ones. */
  readonly #lastReturn: number[] = [];
  /** How many of the unknown ones are in one group already. */
  #joined = 1;
  readonly #seenBy = new Map<number, number>();

  constructor(value: string, views: readonly CellView<I, O>[]) {
    this.#value = value;
    this.#writers = views.map((view) => view.entry).sort((a, b) => a.call - b.call);
    for (const [number, writer] of this.#writers.entries()) this.#number.set(writer.index, number);
    this.#group = this.#writers.map((_, number) => number);
    this.#known = this.#group.filter((number) => this.#writers[number]?.known === true);
    this.#unknown = this.#group.filter((number) => this.#writers[number]?.known === false);
    for (const number of this.#known) {
      const at = this.#writers[number]?.return ?? 0;
      this.#lastReturn.push(Math.max(this.#lastReturn.at(-1) ?? at, at));
    }
  }

  join(reader: Entry<I, O>, overwritten: number): void {
    let first = this.#joinUnknown(reader);
    const start = countWhile(this.#known.length, (i) => (this.#lastReturn[i] ?? 0) < overwritten);
    for (let i = start; i < this.#known.length; i++) {
      const number = this.#known[i] ?? 0;
      const writer = this.#writers[number];
      if (writer === undefined || writer.call > reader.return) break;
      if (writer.index === reader.index || writer.return < overwritten) continue;
      if (first === null) first = number;
      else this.#group[this.#find(number)] = this.#find(first);
    }
    // A read without a source is impossible under any name.
    this.#seenBy.set(reader.index, first ?? 0);
  }

  /** What is unknown may have been written at any time after its call, so that every later read could have seen it: they are joined once. */
  #joinUnknown(reader: Entry<I, O>): number | null {
    const begun = countWhile(this.#unknown.length, (i) => this.#callOf(this.#unknown[i]) <= reader.return);
    const [first] = this.#unknown;
    if (begun === 0 || first === undefined) return null;
    for (; this.#joined < begun; this.#joined++)
      this.#group[this.#find(this.#unknown[this.#joined] ?? first)] = this.#find(first);
    return first;
  }

  #callOf(number: number | undefined): number {
    return this.#writers[number ?? -1]?.call ?? 0;
  }

  nameWrittenBy(writer: Entry<I, O>): string {
    return this.#name(this.#number.get(writer.index) ?? 0);
  }

  nameSeenBy(reader: Entry<I, O>): string {
    return this.#name(this.#seenBy.get(reader.index) ?? 0);
  }

  #name(number: number): string {
    return `${this.#value}${occurrence}${this.#find(number)}`;
  }

  #find(number: number): number {
    let root = number;
    for (let up = this.#group[root] ?? root; up !== root; up = this.#group[root] ?? root) {
      this.#group[root] = this.#group[up] ?? up;
      root = up;
    }
    return root;
  }
}
