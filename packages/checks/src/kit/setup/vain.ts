import type { Operation } from '@assay/contract';
import type { Setup } from './setup.ts';

/** How often something was tried for an operation without any success, with each set-up: what never helps is given up. */
export class Vain {
  readonly #most: number;
  readonly #failures = new WeakMap<Setup, Map<string, number>>();

  constructor(most: number) {
    this.#most = most;
  }

  isGivenUp(setup: Setup, { id }: Operation): boolean {
    return (this.#failures.get(setup)?.get(id) ?? 0) >= this.#most;
  }

  note(setup: Setup, { id }: Operation): void {
    const failures = this.#failures.get(setup) ?? new Map<string, number>();
    this.#failures.set(setup, failures.set(id, (failures.get(id) ?? 0) + 1));
  }
}
