import { effectOf, type Model, type Refutation } from '../model.ts';
import type { Entry } from '../operation.ts';
import { type Budget, OutOfBudget } from './budget.ts';
import { explain, replay } from './explanation.ts';
import { search, type SearchResult } from './search.ts';
import { specialize } from './specialize.ts';
import type { Witness } from './verdict.ts';

/** How much one question of the minimizer may cost; a question that costs more counts as "cannot be left out". */
const configurationsEach = 20_000;

type Impossible = Extract<SearchResult, { status: 'impossible' }>;
export type Found<I, O> = Refutation<I, O> | Impossible;

/**
 * Makes a refutation small: keeps making operations optional, first many at a time and then one by one, as long as what is left
 * stays impossible. Starts from the operations that an algorithm named, or from what the search needed.
 */
export function witnessOf<S, I, O>(
  model: Model<S, I, O>,
  partition: string,
  entries: readonly Entry<I, O>[],
  found: Found<I, O>,
  budget: Budget,
): Witness<I, O> {
  const minimizer = new Minimizer(model, entries, budget);
  const start = 'core' in found ? found.core : entries.filter((entry) => entry.known && entry.call <= found.until);
  const { kept, minimal, result } = minimizer.shrink(start, 'core' in found);
  const { order, states } = replay(
    model,
    entries,
    minimizer.longestOrder(kept, result ?? ('order' in found ? found : null)),
  );
  const done = new Set(order.map((each) => each.operation));
  const left = kept.filter((entry) => !done.has(entry.operation));
  const explanation = 'why' in found ? found.why : explain(model, states, left);
  return {
    partition,
    operations: kept.map((entry) => entry.operation),
    order,
    stuck: left.map((entry) => entry.operation),
    explanation,
    minimal,
  };
}

type Kept<I, O> = readonly Entry<I, O>[];

function isObservation<S, I, O>(model: Model<S, I, O>): (entry: Entry<I, O>) => boolean {
  return (entry) => effectOf(model, entry) === 'none';
}

class Minimizer<S, I, O> {
  readonly #model: Model<S, I, O>;
  readonly #entries: readonly Entry<I, O>[];
  readonly #budget: Budget;
  /** The same object for the same entry each time. */
  readonly #optional: ReadonlyMap<Entry<I, O>, Entry<I, O> | null>;
  #exact = true;
  #stopped = false;

  constructor(model: Model<S, I, O>, entries: readonly Entry<I, O>[], budget: Budget) {
    this.#model = model;
    this.#entries = entries;
    this.#optional = new Map(entries.map((entry) => [entry, optional(model, entry)]));
    this.#budget = budget;
  }

  shrink(
    start: readonly Entry<I, O>[],
    refuted: boolean,
  ): { kept: readonly Entry<I, O>[]; minimal: boolean; result: Impossible | null } {
    let kept = start;
    this.#exact = true;
    let result = this.#impossible(kept);
    // Everything is refuted already, and so is a core; the search's beginning of the history is when this says so.
    if (result === null && (this.#exact || !refuted)) {
      kept = this.#entries.filter((entry) => entry.known);
      result = this.#impossible(kept);
    }
    this.#exact = true;
    // Observations first: without them, fewer of the operations that become optional afterwards are of any use.
    for (const among of [isObservation(this.#model), () => true]) {
      if (result !== null) ({ kept, result } = this.#shrinkAmong(kept, result, among));
    }
    return { kept, minimal: this.#exact && result !== null, result };
  }

  /** Leaves out as many as possible of those that may be left out, in ever smaller groups, until a whole round of single ones brings none. */
  #shrinkAmong(
    given: Kept<I, O>,
    known: Impossible,
    among: (entry: Entry<I, O>) => boolean,
  ): { kept: Kept<I, O>; result: Impossible } {
    let [kept, result] = [given, known];
    let size = Math.ceil(kept.filter(among).length / 2);
    for (; size > 0; size = size === 1 ? 1 : Math.ceil(size / 2)) {
      let shrunk = false;
      if (size === 1 && !this.#stopped) this.#exact = true;
      for (let from = 0; !this.#stopped; ) {
        const group = new Set(kept.filter(among).slice(from, from + size));
        if (group.size === 0) break;
        const fewer = kept.filter((entry) => !group.has(entry));
        const without = fewer.length === 0 ? null : this.#impossible(fewer);
        if (without === null) from += size;
        else {
          ({ kept, result } = this.#begun(fewer, without));
          shrunk = true;
        }
      }
      if (this.#stopped || (size === 1 && !shrunk)) break;
    }
    return { kept, result };
  }

  /** Without what was called after the search had come to its end, if that is still impossible: the model may have looked ahead. */
  #begun(kept: readonly Entry<I, O>[], result: Impossible): { kept: readonly Entry<I, O>[]; result: Impossible } {
    const begun = kept.filter((entry) => entry.call <= result.until);
    const again = begun.length < kept.length ? this.#impossible(begun) : null;
    return again === null ? { kept, result } : { kept: begun, result: again };
  }

  /**
   * The longest beginning of an order of the kept operations, with whichever others help. The model's look-ahead is left out here: it ends
   * orders before they get stuck.
   */
  longestOrder(kept: Kept<I, O>, known: Impossible | null): readonly number[] {
    const { name } = this.#model;
    const plain: Model<S, I, O> = {
      name,
      initial: () => this.#model.initial(),
      step: (...step) => this.#model.step(...step),
      key: (state) => this.#model.key(state),
      effect: (input, output) => this.#model.effect?.(input, output) ?? 'any',
    };
    const needed = new Set(kept.map((entry) => entry.index));
    const orders = [known?.order ?? []];
    for (const entries of [kept, this.#relaxed(kept)]) {
      try {
        orders.push(search({ model: plain, entries }, this.#budget, configurationsEach).order);
      } catch (error) {
        if (!(error instanceof OutOfBudget)) throw error;
      }
    }
    const score = (order: readonly number[]): number => order.filter((index) => needed.has(index)).length;
    const [best = []] = orders.sort((a, b) => score(b) - score(a) || a.length - b.length);
    return best;
  }

  #relaxed(kept: Kept<I, O>): Kept<I, O> {
    const strict = new Set(kept.map((entry) => entry.index));
    return this.#entries.flatMap((entry) => (strict.has(entry.index) ? entry : (this.#optional.get(entry) ?? [])));
  }

  /** Whether the kept operations are impossible when every other one may have happened or not. */
  #impossible(kept: readonly Entry<I, O>[]): Impossible | null {
    if (this.#stopped) return null;
    try {
      const result = search(
        specialize(this.#model, this.#relaxed(kept), this.#budget.tick),
        this.#budget,
        configurationsEach,
      );
      if (result.status === 'impossible') return result;
      if (result.status === 'gave-up') this.#exact = false;
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      this.#exact = false;
      this.#stopped = error.reason === 'deadline';
    }
    return null;
  }
}

/** The operation as one that may have happened or not. One that changed nothing is left out, which asks for even less. */
function optional<S, I, O>(model: Model<S, I, O>, entry: Entry<I, O>): Entry<I, O> | null {
  if (effectOf(model, entry) === 'none') return null;
  return { ...entry, known: false, output: undefined, return: Number.POSITIVE_INFINITY };
}
