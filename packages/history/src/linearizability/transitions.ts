import type { Model } from '../model.ts';
import type { Entry } from '../operation.ts';
import { type Budget, OutOfBudget } from './budget.ts';

const noStates: readonly number[] = [];
const memoLimit = 1 << 21;
const stateLimit = 1 << 23;

/** Numbers the states of a model and remembers its steps, so that each (state, kind of operation) is computed once. */
export class Transitions<S, I, O> {
  readonly #model: Model<S, I, O>;
  readonly #budget: Budget;
  readonly #labels: number;
  readonly #ids = new Map<string | number, number>();
  readonly #states: S[] = [];
  readonly #memo = new Map<number, readonly number[]>();
  #bytes = 0;

  constructor(model: Model<S, I, O>, labels: number, budget: Budget) {
    this.#model = model;
    this.#labels = labels;
    this.#budget = budget;
  }

  initial(): number {
    return this.#intern(this.#model.initial());
  }

  state(id: number): S {
    const state = this.#states[id];
    if (id >= this.#states.length) throw new RangeError(`no state ${id}`);
    // The index is in range, so what stands there is a state, even when that is `undefined`.
    return state as S;
  }

  /** The states after an operation of this label. Operations share a label only when their steps are the same. */
  after(state: number, label: number, entry: Entry<I, O>): readonly number[] {
    const key = state * this.#labels + label;
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    this.#budget.tick();
    const next = this.#model.step(this.state(state), entry.input, entry.output, this.#budget.tick);
    const ids = next.length === 0 ? noStates : [...new Set(next.map((each) => this.#intern(each)))];
    if (this.#memo.size >= memoLimit) this.#memo.clear();
    this.#memo.set(key, ids);
    return ids;
  }

  #intern(state: S): number {
    const key = this.#model.key(state);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    // A rough count: the key and a state of about the same size.
    this.#bytes += typeof key === 'string' ? 100 + 2 * key.length : 100;
    if (this.#bytes > this.#budget.memoryBytes / 2 || this.#states.length >= stateLimit)
      throw new OutOfBudget('memory');
    this.#ids.set(key, this.#states.length);
    this.#states.push(state);
    return this.#states.length - 1;
  }
}
