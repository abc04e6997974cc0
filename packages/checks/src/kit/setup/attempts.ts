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
 * What is known of the numbers of an operation that accepted small ones: since which attempt that is so (`suspected`); that this attempt was made once without them
 * (`tested`), and whether it was refused (`small`) or not (`free`).
 */
type Numbers = { readonly suspected: number } | 'tested' | 'small' | 'free';

/**
 * In which order the ways to say the same are tried (see secondTry): first the one that was accepted the last time, where those before it were refused.
 * A backend that wants new names wants them each time. Where it seems that small numbers helped, the same is tried once with others, and only when that is refused are all
 * numbers small from then on, but for the last attempt.
 */
export class Attempts {
  readonly #context: Parameters<typeof secondTry>[0];
  readonly #first = new Map<string, number>();
  readonly #numbers = new Map<string, Numbers>();
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
    const numbers = this.#numbers.get(id);
    const like = repeated ?? generated;
    // No two want the same hall on the same day; what must lie within the days of something else stays there the second time.
    const isMoved = (repeated !== null) === (attempt === 0) && attempt < 2;
    const next = isMoved ? apart(like, this.#accepted.get(id) ?? 0) : like;
    const bound = (shape.bindings[id] ?? []).map(({ target }) => target);
    const tame = (request: RequestCase): RequestCase => withModestNumbers(contract, operation, request, bound);
    const isSmall = numbers === 'small' && attempt < most - 1;
    const wanted = isSmall ? tame(next) : next;
    if (attempt === 0) return { request: wanted, attempt, isTamed: false };
    const isTest = typeof numbers === 'object' && numbers.suspected === attempt;
    if (isTest) this.#numbers.set(id, 'tested');
    const tames = attempt % 2 === 0 && !isTest && numbers !== 'free';
    const request = secondTry(this.#context, operation, wanted, attempt, tames);
    return { request, attempt, isTamed: tames && !isSmall && tame(next) !== next };
  }

  /** Why it is not tried any more. */
  givenUp({ id }: Operation): SetupFailed | undefined {
    return this.#failures.get(id)?.[givenUpAfter - 1];
  }

  /** None was accepted. */
  failed({ id }: Operation, why: SetupFailed): SetupFailed {
    if (this.#numbers.get(id) === 'small') this.#numbers.delete(id);
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
    const isTested = this.#numbers.get(id) === 'tested';
    if (isTamed) this.#numbers.set(id, isTested ? 'small' : { suspected: attempt });
    else if (isTested) this.#numbers.set(id, 'free');
    return isTamed;
  }
}
