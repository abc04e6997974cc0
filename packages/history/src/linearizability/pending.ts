import type { Problem } from './problem.ts';

type Layout = Omit<Problem<unknown, unknown, unknown>, 'model' | 'entries' | 'sightings'>;

/**
 * The known operations that are not yet in the order, as a doubly linked list of their calls and returns, and the trail of what was
 * put in order. Taking an operation out and undoing it are constant time (Wing and Gong's lift and unlift).
 */
export class Pending {
  /** Entries in order so far, known and unknown. */
  readonly trail: number[] = [];
  /** Known operations still to be put in order. */
  left: number;
  /** How many of each unknown class are in order, and the same as bits. */
  readonly used: Int32Array;
  readonly usedBits: Int32Array;
  /** How many operations still have to see what each name of a sighting stands for. */
  readonly toSee: Int32Array;
  readonly #sees: Int32Array;
  readonly #callAt: Int32Array;
  readonly #returnAt: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #classOf: Int32Array;
  readonly #firstBit: readonly number[];
  readonly end: number;

  constructor(problem: Layout) {
    this.#callAt = problem.callAt;
    this.#returnAt = problem.returnAt;
    this.left = problem.known;
    this.#sees = problem.sees;
    this.toSee = new Int32Array(problem.names.size);
    for (const name of problem.sees) if (name >= 0) this.toSee[name] = (this.toSee[name] ?? 0) + 1;
    this.used = new Int32Array(problem.unknown.length);
    this.usedBits = new Int32Array(Math.ceil(problem.unknownBits / 32));
    this.#firstBit = problem.unknown.map((each) => each.firstBit);
    this.end = problem.events;
    this.#next = new Int32Array(problem.events + 2);
    this.#previous = new Int32Array(problem.events + 2);
    this.#classOf = new Int32Array(problem.label.length).fill(-1);
    for (const [number, each] of problem.unknown.entries())
      for (const member of each.members) this.#classOf[member] = number;
    this.#linkAll(problem);
  }

  #linkAll(problem: Layout): void {
    let last = this.end + 1;
    for (let at = 0; at < this.end; at++) {
      if (this.#classOf[problem.entryAt[at] ?? 0] !== -1) continue;
      this.#next[last] = at;
      this.#previous[at] = last;
      last = at;
    }
    this.#next[last] = this.end;
    this.#previous[this.end] = last;
  }

  /** The position of the first event; `end` when nothing is left. */
  first(): number {
    return this.#next[this.end + 1] ?? this.end;
  }

  /** The event after one that is in the list, or that was just taken out. */
  after(event: number): number {
    return this.#next[event] ?? this.end;
  }

  take(entry: number): void {
    this.trail.push(entry);
    const unknown = this.#classOf[entry] ?? -1;
    if (unknown >= 0) {
      this.#flip(unknown);
      this.used[unknown] = (this.used[unknown] ?? 0) + 1;
      return;
    }
    this.left--;
    this.#count(entry, -1);
    this.#unlink(this.#returnAt[entry] ?? 0);
    this.#unlink(this.#callAt[entry] ?? 0);
  }

  /** Takes the order back to its first `length` operations. */
  undo(length: number): void {
    while (this.trail.length > length) {
      const entry = this.trail.pop() ?? 0;
      const unknown = this.#classOf[entry] ?? -1;
      if (unknown >= 0) {
        this.used[unknown] = (this.used[unknown] ?? 0) - 1;
        this.#flip(unknown);
        continue;
      }
      this.left++;
      this.#count(entry, 1);
      this.#relink(this.#callAt[entry] ?? 0);
      this.#relink(this.#returnAt[entry] ?? 0);
    }
  }

  /** The bit of the next unused member of the class. */
  #flip(unknown: number): void {
    const bit = (this.#firstBit[unknown] ?? 0) + (this.used[unknown] ?? 0);
    this.usedBits[bit >> 5] = (this.usedBits[bit >> 5] ?? 0) ^ (1 << (bit & 31));
  }

  #count(entry: number, by: number): void {
    const name = this.#sees[entry] ?? -1;
    if (name >= 0) this.toSee[name] = (this.toSee[name] ?? 0) + by;
  }

  #unlink(event: number): void {
    const next = this.#next[event] ?? 0;
    const previous = this.#previous[event] ?? 0;
    this.#next[previous] = next;
    this.#previous[next] = previous;
  }

  #relink(event: number): void {
    this.#next[this.#previous[event] ?? 0] = event;
    this.#previous[this.#next[event] ?? 0] = event;
  }
}
