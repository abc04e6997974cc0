import type { Refutation } from '../model.ts';
import type { Entry } from '../operation.ts';
import { countWhile } from './bisect.ts';

/**
 * What an operation does to one cell (a register, or one key of a store): the value it saw and the value it left, as canonical texts.
 * A compare-and-set that succeeded has both. `opaque`: something else that may change the value to whatever.
 */
export interface CellView<I, O> {
  readonly entry: Entry<I, O>;
  readonly saw: string | null;
  readonly left: string | null;
  readonly opaque: boolean;
  /** The value it compared with, when it is not known to have seen it. */
  readonly compared: string | null;
}

/** A value as a finding shows it: without the mark that tells apart its separate occurrences. */
export function shownKey(key: string): string {
  return key.split(occurrence)[0] ?? key;
}

/** Stands between a value and the number of its occurrence; canonical texts never contain it unescaped. */
export const occurrence = '\u0000';

/**
 * Necessary conditions of a cell: a value that was seen was written, and called before it was seen, and was not certainly overwritten
 * before. Sound for values written many times.
 */
export function refuteCell<I, O>(views: readonly CellView<I, O>[], initial: string): Refutation<I, O> | null {
  if (views.some((view) => view.opaque)) return null;
  const sources = sourcesOf(views);
  const overwrites = new Overwrites(views);
  for (const { entry, saw, left } of views) {
    if (saw === null || left === saw || !entry.known) continue;
    const writers = sources.get(saw);
    if (writers === undefined && saw !== initial)
      return { core: [entry], why: `The value ${saw} was seen, and nobody wrote it` };
    const begun = writers?.begunBy(entry.return) ?? 0;
    if (begun === 0 && saw !== initial)
      return { core: [entry], why: `The value ${saw} was seen before anybody began to write it` };
    const over = overwrites.between(writers?.lastReturn(begun) ?? Number.NEGATIVE_INFINITY, entry.call, saw);
    if (over === null) continue;
    return {
      core: [...(writers?.first(begun) ?? []), over, entry],
      why: `The value ${saw} was seen after it had been overwritten`,
    };
  }
  return null;
}

/** The operations that may have written one value, by the time of call. */
class Writers<I, O> {
  readonly #entries: readonly Entry<I, O>[];
  /** The latest return of the first 0, 1, 2 … of them. */
  readonly #lastReturn: number[] = [Number.NEGATIVE_INFINITY];

  constructor(entries: readonly Entry<I, O>[]) {
    this.#entries = entries.toSorted((a, b) => a.call - b.call);
    for (const entry of this.#entries)
      this.#lastReturn.push(Math.max(this.lastReturn(this.#lastReturn.length - 1), entry.return));
  }

  /** How many were called at this time or before. */
  begunBy(time: number): number {
    return countWhile(this.#entries.length, (i) => (this.#entries[i]?.call ?? 0) <= time);
  }

  lastReturn(count: number): number {
    return this.#lastReturn[count] ?? Number.NEGATIVE_INFINITY;
  }

  first(count: number): readonly Entry<I, O>[] {
    return this.#entries.slice(0, count).filter((entry) => entry.known);
  }
}

function sourcesOf<I, O>(views: readonly CellView<I, O>[]): Map<string, Writers<I, O>> {
  const sources = new Map<string, Entry<I, O>[]>();
  for (const { entry, left } of views) {
    if (left === null) continue;
    const writers = sources.get(left);
    if (writers === undefined) sources.set(left, [entry]);
    else writers.push(entry);
  }
  return new Map([...sources].map(([value, entries]) => [value, new Writers(entries)]));
}

/** Answers which operation certainly wrote another value within an open interval of time. */
class Overwrites<I, O> {
  /** Certain writes by the time of call, and for each suffix the one that returns first, and the first of another value. */
  readonly #calls: readonly number[];
  readonly #first: (CellView<I, O> | null)[] = [];
  readonly #other: (CellView<I, O> | null)[] = [];

  constructor(views: readonly CellView<I, O>[]) {
    const writes = views
      .filter((view) => view.left !== null && view.entry.known)
      .sort((a, b) => a.entry.call - b.entry.call);
    this.#calls = writes.map((view) => view.entry.call);
    for (let i = writes.length - 1; i >= 0; i--) {
      const view = writes[i] ?? null;
      const first = this.#first[i + 1] ?? null;
      const other = this.#other[i + 1] ?? null;
      const leads = earlier(view, first);
      const differs = view?.left !== first?.left;
      this.#first[i] = leads ? view : first;
      this.#other[i] = leads ? (differs ? first : other) : differs && earlier(view, other) ? view : other;
    }
  }

  between(after: number, before: number, not: string): Entry<I, O> | null {
    const low = countWhile(this.#calls.length, (i) => (this.#calls[i] ?? 0) <= after);
    const first = this.#first[low] ?? null;
    const view = first?.left === not ? (this.#other[low] ?? null) : first;
    return view !== null && view.entry.return < before ? view.entry : null;
  }
}

function earlier<I, O>(a: CellView<I, O> | null, b: CellView<I, O> | null): boolean {
  return a !== null && (b === null || a.entry.return < b.entry.return);
}
