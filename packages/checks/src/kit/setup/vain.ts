import type { Operation } from '@assay/contract';
import type { Setup } from './setup.ts';

type Named = Pick<Operation, 'id'>;

/** How often in a row something was tried for an operation without success, with each set-up: what does not help is given up. */
export class Vain {
  readonly #most: number;
  readonly #failures = new WeakMap<Setup, Map<string, number>>();

  constructor(most: number) {
    this.#most = most;
  }

  isGivenUp(setup: Setup, { id }: Named): boolean {
    return (this.#failures.get(setup)?.get(id) ?? 0) >= this.#most;
  }

  /** It helped. */
  forget(setup: Setup, { id }: Named): void {
    this.#failures.get(setup)?.delete(id);
  }

  note(setup: Setup, { id }: Named): void {
    const failures = this.#failures.get(setup) ?? new Map<string, number>();
    this.#failures.set(setup, failures.set(id, (failures.get(id) ?? 0) + 1));
  }
}
