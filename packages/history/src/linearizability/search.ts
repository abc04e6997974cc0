import type { Specialized } from '../model.ts';
import type { Entry } from '../operation.ts';
import type { Budget } from './budget.ts';
import { nextObservation } from './lookahead.ts';
import { Pending } from './pending.ts';
import { type Problem, problemOf } from './problem.ts';
import { SeenTable } from './seen-table.ts';
import { Transitions } from './transitions.ts';

export type SearchResult =
  /** An order that explains every known operation. */
  | { readonly status: 'linearizable'; readonly order: readonly number[] }
  /** There is none. `order` is the longest beginning of one; nothing called after `until` is needed to see it. */
  | { readonly status: 'impossible'; readonly order: readonly number[]; readonly until: number }
  /** More configurations than allowed; the longest beginning so far. */
  | { readonly status: 'gave-up'; readonly order: readonly number[] };

/** A way to go on: the entry to put next, and the state that follows. */
interface Move {
  readonly entry: number;
  readonly state: number;
}

/** What led into a configuration, when it was an unknown operation that nothing has profited from yet. */
interface IdleUnknown {
  readonly before: number;
  readonly label: number;
}

interface Frame {
  readonly moves: readonly Move[];
  /** Operations that go right before the next one that overwrites everything. */
  readonly hidden: readonly number[];
  readonly trail: number;
  readonly state: number;
  next: number;
}

/**
 * The search of Wing and Gong with Lowe's cache of visited configurations, and these reductions, each of which keeps at least one
 * full order whenever there is one (by exchange of neighbours; the tests compare with all permutations):
 * - an observation that is possible now is put in order now;
 * - of equal operations, only the one that must return first is tried;
 * - a configuration with fewer unknown operations used dominates one with more;
 * - what nobody has to see any more goes right before the next operation that overwrites it;
 * - an unknown operation is used only when what follows it needs it: not when the next one leads to the same state without it, nor
 *   when the two may as well change places.
 */
export function search<S, I, O>(
  special: Specialized<S, I, O>,
  budget: Budget,
  most = Number.POSITIVE_INFINITY,
): SearchResult {
  const problem = problemOf(special);
  const result = new Search(problem, budget).run(most);
  return { ...result, order: result.order.map((i) => problem.entries[i]?.index ?? -1) };
}

class Search<S, I, O> {
  readonly #problem: Problem<S, I, O>;
  readonly #budget: Budget;
  readonly #transitions: Transitions<S, I, O>;
  readonly #pending: Pending;
  readonly #seen: SeenTable;
  readonly #words: Int32Array;
  readonly #keyWords: number;
  /** Which labels the configuration at hand offers a known operation for: the configuration's number, and the entry. */
  readonly #offeredIn: Float64Array;
  readonly #offered: Int32Array;
  readonly #shown: number[] = [];
  #configurations = 0;
  #best: { position: number; length: number; order: readonly number[] } = { position: -1, length: -1, order: [] };
  #needed = -1;

  constructor(problem: Problem<S, I, O>, budget: Budget) {
    this.#problem = problem;
    this.#budget = budget;
    this.#transitions = new Transitions(problem.model, problem.labels, budget);
    this.#pending = new Pending(problem);
    this.#keyWords = 2 + Math.ceil(problem.slots / 32);
    const unknownWords = Math.ceil(problem.unknownBits / 32);
    this.#words = new Int32Array(this.#keyWords + unknownWords);
    this.#seen = new SeenTable(this.#keyWords, unknownWords, budget.memoryBytes / 2);
    this.#offeredIn = new Float64Array(problem.labels);
    this.#offered = new Int32Array(problem.labels);
  }

  run(most: number): SearchResult {
    const pending = this.#pending;
    const frames: Frame[] = [];
    let frame = this.#enter(this.#transitions.initial(), null);
    for (;;) {
      if (pending.left === 0) return { status: 'linearizable', order: pending.trail };
      if (this.#configurations > most) return { status: 'gave-up', order: this.#best.order };
      if ((this.#configurations & 63) === 0) this.#budget.tick();
      while (frame === null || frame.next >= frame.moves.length) {
        frame = frames.pop() ?? null;
        if (frame === null) return this.#impossible();
        pending.undo(frame.trail);
      }
      const move = frame.moves[frame.next++];
      if (move === undefined) continue;
      pending.undo(frame.trail);
      if (this.#problem.overwrites[move.entry] === 1)
        for (const i of frame.hidden) if (i !== move.entry) pending.take(i);
      pending.take(move.entry);
      const known = this.#problem.entries[move.entry]?.known === true;
      const idle = known ? null : { before: frame.state, label: this.#problem.label[move.entry] ?? 0 };
      frames.push(frame);
      frame = this.#enter(move.state, idle);
    }
  }

  /** Puts in order what may only be observed, and lists the moves; null when the configuration leads nowhere. */
  #enter(state: number, idle: IdleUnknown | null): Frame | null {
    const { label, observes, callAt, entryAt, slot, entries, hides } = this.#problem;
    const pending = this.#pending;
    const words = this.#words.fill(0);
    const number = ++this.#configurations;
    const offered: number[] = [];
    const hideable: number[] = [];
    let idleStill = idle;
    let at = pending.first();
    while (at !== pending.end) {
      const i = entryAt[at] ?? 0;
      if (callAt[i] !== at) break;
      const kind = label[i] ?? 0;
      const entry = entries[i];
      if (entry !== undefined && observes[i] === 1 && this.#transitions.after(state, kind, entry).length > 0) {
        pending.take(i);
        idleStill = null;
      } else {
        const bit = slot[i] ?? 0;
        words[2 + (bit >> 5)] = (words[2 + (bit >> 5)] ?? 0) | (1 << (bit & 31));
        if (observes[i] === 0) this.#offer(i, kind, number, offered);
        if ((hides[i] ?? -1) >= 0) hideable.push(i);
      }
      at = pending.after(at);
    }
    if (pending.left === 0) return null;
    words[0] = at;
    words[1] = state;
    words.set(pending.usedBits, this.#keyWords);
    if (!this.#seen.add(words)) return null;
    const moves = this.#hopeless(state, at)
      ? []
      : this.#moves(state, at, number, offered, idleStill).filter((move) => !this.#comesLater(move.entry, hideable));
    if (moves.length === 0) this.#note(at);
    const hidden = hideable.filter((i) => this.#pending.toSee[hides[i] ?? -1] === 0);
    return { moves, hidden, trail: pending.trail.length, state, next: 0 };
  }

  #offer(i: number, kind: number, number: number, offered: number[]): void {
    const { returnAt } = this.#problem;
    if (this.#offeredIn[kind] !== number) {
      this.#offeredIn[kind] = number;
      this.#offered[kind] = i;
      offered.push(kind);
    } else if ((returnAt[i] ?? 0) < (returnAt[this.#offered[kind] ?? 0] ?? 0)) this.#offered[kind] = i;
  }

  #moves(
    state: number,
    position: number,
    number: number,
    offered: readonly number[],
    idle: IdleUnknown | null,
  ): readonly Move[] {
    const { returnAt, unknown, callAt, entries } = this.#problem;
    const chosen = offered
      .map((kind) => this.#offered[kind] ?? 0)
      .sort((a, b) => (returnAt[a] ?? 0) - (returnAt[b] ?? 0));
    for (const [c, each] of unknown.entries()) {
      const next = each.members[this.#pending.used[c] ?? 0];
      if (next !== undefined && (callAt[next] ?? 0) < position && this.#offeredIn[each.label] !== number)
        chosen.push(next);
    }
    const first = this.#problem.entryAt[position] ?? 0;
    const wanted = entries[first];
    const moves: Move[] = [];
    const eager: Move[] = [];
    for (const i of chosen) {
      const kind = this.#problem.label[i] ?? 0;
      const entry = entries[i];
      if (entry === undefined) continue;
      const after = this.#transitions.after(state, kind, entry);
      if (idle !== null && this.#profitless(idle, kind, entry, after)) continue;
      for (const next of after) {
        if (this.#leavesEarly(state, next, i)) continue;
        const helps =
          wanted !== undefined &&
          this.#problem.observes[first] === 1 &&
          this.#transitions.after(next, this.#problem.label[first] ?? 0, wanted).length > 0;
        (helps ? eager : moves).push({ entry: i, state: next });
      }
    }
    return eager.length === 0 ? moves : [...eager, ...moves];
  }

  /** Whether what the move shows must, by real time, be shown after something else that is still to be shown. */
  #comesLater(entry: number, hideable: readonly number[]): boolean {
    const { hides, firstReturn, lastCall } = this.#problem;
    const name = hides[entry] ?? -1;
    if (name < 0 || this.#pending.toSee[name] === 0) return false;
    const last = lastCall[name] ?? -1;
    for (const i of hideable) {
      const other = hides[i] ?? -1;
      if (other !== name && (firstReturn[other] ?? 0) < last && (this.#pending.toSee[other] ?? 0) > 0) return true;
    }
    return false;
  }

  /** Whether the move ends the only time in which something is shown that somebody still has to see. */
  #leavesEarly(from: number, to: number, entry: number): boolean {
    if (from === to || this.#problem.sightings === null) return false;
    const name = this.#shownIn(from);
    if (name < 0 || name === this.#shownIn(to)) return false;
    const own = this.#problem.sees[entry] === name ? 1 : 0;
    return (this.#pending.toSee[name] ?? 0) > own;
  }

  /** The number of what is shown in the state, when it is shown only once. */
  #shownIn(state: number): number {
    const known = this.#shown[state];
    if (known !== undefined) return known;
    const { sightings, names } = this.#problem;
    const name = sightings?.of(this.#transitions.state(state)) ?? null;
    const number = name === null || sightings?.once.has(name) !== true ? -1 : (names.get(name) ?? -1);
    this.#shown[state] = number;
    return number;
  }

  /** Whether the idle unknown operation before this one could as well be left out, or come after it. */
  #profitless(idle: IdleUnknown, kind: number, entry: Entry<I, O>, after: readonly number[]): boolean {
    if (after.length !== 1) return false;
    const without = this.#transitions.after(idle.before, kind, entry);
    if (without.length !== 1) return false;
    if (without[0] === after[0]) return true;
    if (!entry.known) return false;
    const unknown = this.#problem.unknown.find((each) => each.label === idle.label);
    const sample = this.#problem.entries[unknown?.members[0] ?? -1];
    if (sample === undefined) return false;
    const swapped = this.#transitions.after(without[0] ?? 0, idle.label, sample);
    return swapped.length === 1 && swapped[0] === after[0];
  }

  /** Whether the observation that must be made next can still be made. */
  #hopeless(state: number, position: number): boolean {
    if (this.#problem.model.hopeless === undefined) return false;
    const next = nextObservation(this.#problem, this.#pending);
    if (
      next === null ||
      !this.#problem.model.hopeless(this.#transitions.state(state), next.observation, next.candidates)
    )
      return false;
    this.#needed = Math.max(this.#needed, next.position, position);
    return true;
  }

  #note(position: number): void {
    const length = this.#pending.trail.length;
    this.#needed = Math.max(this.#needed, position);
    if (position < this.#best.position || (position === this.#best.position && length <= this.#best.length)) return;
    this.#best = { position, length, order: [...this.#pending.trail] };
  }

  #impossible(): SearchResult {
    const { entryAt, entries } = this.#problem;
    const until = entries[entryAt[this.#needed] ?? -1]?.return ?? Number.POSITIVE_INFINITY;
    return { status: 'impossible', order: this.#best.order, until };
  }
}
