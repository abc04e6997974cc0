import type { Operation, RequestCase } from '@assay/contract';
import { withModestNumbers } from '../requests/modest-numbers.ts';
import type { SetupFailed } from './made.ts';
import { apart } from './other-times.ts';
import { secondTry } from './second-try.ts';

/** How often a create operation is tried with other values, and after how many such failures in a row not any more. */
const [most, givenUpAfter] = [6, 2];

/** A request as it is sent at one attempt. */
export interface Tried {
  readonly request: RequestCase;
  readonly attempt: number;
  /** It says smaller numbers than it would have. */
  readonly isTamed: boolean;
}

/**
 * In which order the ways to say the same are tried (see secondTry): first the one that was accepted the last time, where those before it were refused.
 * A backend that wants new names wants them each time. Where it seems that small numbers helped, the same is tried once with others, and only when that is refused are all
 * numbers small from then on, but for the last attempt.
 */
export class Attempts {
  readonly #context: Parameters<typeof secondTry>[0];
  readonly #first = new Map<string, number>();
  readonly #modest = new Set<string>();
  /** Those for which it was something else. */
  readonly #free = new Set<string>();
  /** The attempt that was accepted with small numbers, and is to be tried without. */
  readonly #doubted = new Map<string, number>();
  readonly #accepted = new Map<string, number>();
  readonly #failures = new Map<string, readonly SetupFailed[]>();

  constructor(context: Parameters<typeof secondTry>[0]) {
    this.#context = context;
  }

  of({ id }: Operation): readonly number[] {
    const all = Array.from({ length: most }, (_, attempt) => attempt);
    const first = this.#first.get(id) ?? 0;
    return [first, ...all.filter((attempt) => attempt !== first)];
  }

  /**
   * The request that is sent at an attempt.
   * @param repeated the one that others of the kind are made by as well; null: one that no other is like
   */
  request(operation: Operation, generated: RequestCase, repeated: RequestCase | null, attempt: number): Tried {
    const { contract, shape } = this.#context;
    const { id } = operation;
    const like = repeated ?? generated;
    // No two want the same hall on the same day; what must lie within the days of something else stays there the second time.
    const isMoved = (repeated !== null) === (attempt === 0) && attempt < 2;
    const next = isMoved ? apart(like, this.#accepted.get(id) ?? 0) : like;
    const bound = (shape.bindings[id] ?? []).map(({ target }) => target);
    const modest = withModestNumbers(contract, operation, next, bound);
    const isModest = this.#modest.has(id) && attempt < most - 1;
    const wanted = isModest ? modest : next;
    if (attempt === 0) return { request: wanted, attempt, isTamed: false };
    const isDoubted = this.#doubted.get(id) === attempt;
    // It is refused, as it will turn out, or the numbers were not the reason.
    if (isDoubted) this.#doubted.set(id, most);
    const tames = attempt % 2 === 0 && !isDoubted && !this.#free.has(id);
    const request = secondTry(this.#context, operation, wanted, attempt, tames);
    return { request, attempt, isTamed: tames && !isModest && modest !== next };
  }

  /** Why it is not tried any more. */
  givenUp({ id }: Operation): SetupFailed | undefined {
    return this.#failures.get(id)?.[givenUpAfter - 1];
  }

  /** None was accepted. */
  failed({ id }: Operation, why: SetupFailed): SetupFailed {
    this.#modest.delete(id);
    this.#failures.set(id, [...(this.#failures.get(id) ?? []), why]);
    return why;
  }

  /**
   * @param isUsedUp whether what was refused before referred to other things
   * @returns whether it was accepted, as it seems, because its numbers are small
   */
  accepted({ id }: Operation, { attempt, isTamed }: Tried, isUsedUp = false): boolean {
    this.#failures.delete(id);
    this.#accepted.set(id, (this.#accepted.get(id) ?? 0) + 1);
    if (attempt % 2 === 1 && !isUsedUp) this.#first.set(id, attempt);
    if (isTamed && this.#doubted.get(id) === most) this.#modest.add(id);
    else if (isTamed) this.#doubted.set(id, attempt);
    // With the numbers as they are it was accepted, too.
    else if (this.#doubted.get(id) === most) this.#free.add(id);
    return isTamed;
  }
}
