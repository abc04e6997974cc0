import type { Entry, Operation } from './operation.ts';

/**
 * What an operation with this input and output does to the state.
 * `none`: it only observes, whatever the state. `blind`: its output tells nothing and any state allows it.
 * `any`: nothing is known; always a safe answer.
 */
export type Effect = 'none' | 'blind' | 'any';

/** A proof that a history is not linearizable: operations that suffice for it, and why. */
export interface Refutation<I = unknown, O = unknown> {
  readonly core: readonly Entry<I, O>[];
  /** One sentence without a full stop. */
  readonly why: string;
}

/** What a special algorithm found: an order that explains everything, a refutation, or that it does not apply. */
export type Decision<I = unknown, O = unknown> = 'linearizable' | Refutation<I, O> | null;

/**
 * A sequential object. Only the first four members are needed; the others make the check faster, never different. All are pure.
 * Method syntax is deliberate: models of different types stand in one registry.
 */
export interface Model<S = unknown, I = unknown, O = unknown> {
  readonly name: string;
  initial(): S;
  /**
   * The states possible after the operation; none when the output contradicts the state. An undefined output of an operation that
   * has one means that it is unknown: give the states of every possible output. Long computations call `tick`, which ends them
   * when the time is up.
   */
  step(state: S, input: I, output: O | undefined, tick: () => void): readonly S[];
  /** Equal exactly for equal states. */
  key(state: S): string | number;

  /**
   * Names the partition of each operation, in their order. Operations of different partitions never influence each other
   * (P-compositionality), so each partition is checked alone. What failed names whatever is convenient.
   */
  partition?(history: readonly Operation<I, O>[]): readonly string[];
  effect?(input: I, output: O | undefined): Effect;
  /** Necessary conditions: may refute, never proves. Where an entry may take long, it calls `tick` for each; so do the next two. */
  refute?(entries: readonly Entry<I, O>[], tick: () => void): Refutation<I, O> | null;
  /** A complete algorithm for histories of a certain form, which it verifies first. */
  decide?(entries: readonly Entry<I, O>[], tick: () => void): Decision<I, O>;
  /** An equivalent but smaller problem, e.g. with all values that nobody reads made one. Entries keep their index. */
  specialize?(entries: readonly Entry<I, O>[], tick: () => void): Specialized<S, I, O>;
  /**
   * True only when no order of some of the candidates can bring the state to where the observation is possible. Candidates may
   * come in any number and order.
   */
  hopeless?(state: S, observation: Entry<I, O>, candidates: readonly Entry<I, O>[]): boolean;
  describe?(input: I, output: O | undefined, known: boolean): string;
  describeState?(state: S): string;
}

export interface Specialized<S, I, O> {
  readonly model: Model<S, I, O>;
  readonly entries: readonly Entry<I, O>[];
  readonly sightings?: Sightings<S>;
}

/**
 * What is known of who saw whose effect, by entry index. Values (or other stretches of states) have names; whoever saw one is counted, so
 * that the search knows when nobody is left who has to see it.
 */
export interface Sightings<S> {
  /** The name of what a state shows. */
  of(state: S): string | null;
  /** Known operations that can only happen while this is shown. */
  readonly seenBy: ReadonlyMap<number, string>;
  /** Names that are shown in one stretch only: leaving it while somebody still has to see it leads nowhere. */
  readonly once: ReadonlySet<string>;
  /** Known operations that may come right before any of `overwrites` once nobody is left who has to see what they show. */
  readonly hidden: ReadonlyMap<number, string>;
  /** Operations after which nothing is left of the state before. */
  readonly overwrites: ReadonlySet<number>;
}

export function effectOf<S, I, O>(model: Model<S, I, O>, entry: Entry<I, O>): Effect {
  return model.effect?.(entry.input, entry.output) ?? 'any';
}
