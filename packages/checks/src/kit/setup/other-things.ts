import type { Binding } from '@assay/contract';
import { type Made, type Setup, SetupFailed } from './setup.ts';

/** Other things for what is made next to refer to, for as long as they can be made and are accepted. */
export class OtherThings {
  readonly #setup: Setup;
  readonly #kinds: readonly string[];
  #last: readonly Made[] = [];
  #isOver = false;

  /** @param bindings the places of the requests that take ids of things; those of a path say where, and stay */
  constructor(setup: Setup, bindings: readonly Binding[]) {
    this.#setup = setup;
    const named = bindings.filter(({ target }) => target.startsWith('body:'));
    this.#kinds = [...new Set(named.map(({ resource }) => resource))];
  }

  async make(): Promise<void> {
    if (this.#isOver) return;
    const made: Made[] = [];
    try {
      for (const kind of this.#kinds) made.push(await this.#setup.makeExemplary(kind));
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      this.#isOver = true;
    }
    this.#last = made;
  }

  /** What was refused may have been so for what it referred to: things of before are taken again. */
  giveUp(): void {
    if (this.#last.length === 0) return;
    for (const made of this.#last) this.#setup.forget(made);
    this.#isOver = true;
  }
}
