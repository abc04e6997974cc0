import type { Operation, RequestCase } from '@assay/contract';
import { withModestNumbers } from '../requests/modest-numbers.ts';
import type { SetupFailed } from './made.ts';
import { apart } from './other-times.ts';
import { secondTry } from './second-try.ts';

/** How often a create operation is tried with other values, and after how many such failures in a row not any more. */
const [most, givenUpAfter] = [6, 2];

/**
 * In which order the ways to say the same are tried (see secondTry): first the one that was accepted the last time, where those before it were refused.
 * A backend that wants new names wants them each time; where small numbers helped, all are small from then on.
 */
export class Attempts {
  readonly #context: Parameters<typeof secondTry>[0];
  readonly #first = new Map<string, number>();
  readonly #modest = new Set<string>();
  readonly #accepted = new Map<string, number>();
  readonly #failures = new Map<string, readonly SetupFailed[]>();
  /** The last request said smaller numbers than it would have. */
  #isTamed = false;

  constructor(context: Parameters<typeof secondTry>[0]) {
    this.#context = context;
  }

  of({ id }: Operation): readonly number[] {
    const all = Array.from({ length: most }, (_, attempt) => attempt);
    const first = this.#first.get(id) ?? 0;
    return [first, ...all.filter((attempt) => attempt !== first)];
  }

  /** The request that is sent at an attempt. No two want the same hall on the same day. */
  request(operation: Operation, like: RequestCase, attempt: number): RequestCase {
    const { contract, shape } = this.#context;
    const next = apart(like, this.#accepted.get(operation.id) ?? 0);
    const bound = (shape.bindings[operation.id] ?? []).map(({ target }) => target);
    const modest = withModestNumbers(contract, operation, next, bound);
    const wanted = this.#modest.has(operation.id) ? modest : next;
    this.#isTamed = attempt > 0 && attempt % 2 === 0 && modest !== wanted;
    return attempt === 0 ? wanted : secondTry(this.#context, operation, wanted, attempt);
  }

  /** Why it is not tried any more. */
  givenUp({ id }: Operation): SetupFailed | undefined {
    return this.#failures.get(id)?.[givenUpAfter - 1];
  }

  /** None was accepted. */
  failed({ id }: Operation, why: SetupFailed): SetupFailed {
    this.#failures.set(id, [...(this.#failures.get(id) ?? []), why]);
    return why;
  }

  /** @returns whether it was accepted, as it seems, because its numbers are small */
  accepted({ id }: Operation, attempt: number): boolean {
    this.#failures.delete(id);
    this.#accepted.set(id, (this.#accepted.get(id) ?? 0) + 1);
    if (attempt % 2 === 1) this.#first.set(id, attempt);
    if (this.#isTamed) this.#modest.add(id);
    return this.#isTamed;
  }
}
