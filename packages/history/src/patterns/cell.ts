import type { Refutation } from '../model.ts';
import { type Entry, precedes } from '../operation.ts';

/**
 * What an operation does to one cell (a register, or one key of a store): the value it saw and the value it left, as canonical texts.
 * A compare-and-set that succeeded has both. `opaque`: something else that may change the value to whatever.
 */
export interface CellView<I, O> {
  readonly entry: Entry<I, O>;
  readonly saw: string | null;
  readonly left: string | null;
  readonly opaque: boolean;
}

/**
 * Necessary conditions of a cell: a value that was seen was written, and called before it was seen, and was not certainly overwritten
 * before. Sound for values written many times.
 */
export function refuteCell<I, O>(views: readonly CellView<I, O>[], initial: string): Refutation<I, O> | null {
  if (views.some((view) => view.opaque)) return null;
  const sources = sourcesOf(views);
  const overwrites = new Overwrites(views);
  for (const { entry, saw } of views) {
    if (saw === null || !entry.known) continue;
    const writers = (sources.get(saw) ?? []).filter((writer) => writer !== entry);
    const before = writers.filter((writer) => !precedes(entry, writer));
    if (saw === initial) {
      if (before.some((writer) => !writer.known)) continue;
    } else if (writers.length === 0) return { core: [entry], why: `The value ${saw} was seen, and nobody wrote it` };
    else if (before.length === 0) return { core: [entry, ...writers], why: `The value ${saw} was seen before anybody began to write it` };
    const over = overwrites.between(Math.max(Number.NEGATIVE_INFINITY, ...before.map((writer) => writer.return)), entry.call, saw);
    if (over !== null) return { core: [...before, over, entry], why: `The value ${saw} was seen after it had been overwritten` };
  }
  return null;
}

function sourcesOf<I, O>(views: readonly CellView<I, O>[]): Map<string, Entry<I, O>[]> {
  const sources = new Map<string, Entry<I, O>[]>();
  for (const { entry, left } of views) {
    if (left === null) continue;
    const writers = sources.get(left);
    if (writers === undefined) sources.set(left, [entry]);
    else writers.push(entry);
  }
  return sources;
}

/** Answers which operation certainly wrote another value within an open interval of time. */
class Overwrites<I, O> {
  /** Certain writes by the time of call, and for each suffix the one that returns first, and the first of another value. */
  readonly #calls: readonly number[];
  readonly #first: (CellView<I, O> | null)[] = [];
  readonly #other: (CellView<I, O> | null)[] = [];

  constructor(views: readonly CellView<I, O>[]) {
    const writes = views.filter((view) => view.left !== null && view.entry.known).sort((a, b) => a.entry.call - b.entry.call);
    this.#calls = writes.map((view) => view.entry.call);
    let first: CellView<I, O> | null = null;
    let other: CellView<I, O> | null = null;
    for (let i = writes.length - 1; i >= 0; i--) {
      const view = writes[i] ?? null;
      if (earlier(view, first)) {
        if (view?.left !== first?.left) other = first;
        first = view;
      } else if (view?.left !== first?.left && earlier(view, other)) other = view;
      this.#first[i] = first;
      this.#other[i] = other;
    }
  }

  between(after: number, before: number, not: string): Entry<I, O> | null {
    let low = 0;
    let high = this.#calls.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#calls[middle] ?? 0) > after) high = middle;
      else low = middle + 1;
    }
    const first = this.#first[low] ?? null;
    const view = first?.left === not ? (this.#other[low] ?? null) : first;
    return view !== null && view.entry.return < before ? view.entry : null;
  }
}

function earlier<I, O>(a: CellView<I, O> | null, b: CellView<I, O> | null): boolean {
  return a !== null && (b === null || a.entry.return < b.entry.return);
}
