import type { Contract, Instance, Operation } from '@assay/contract';
import { status } from '../words.ts';
import { asksForSomebody } from './asks-for-somebody.ts';
import { authenticated } from './authenticated.ts';
import type { Carrier } from './carriers.ts';
import { isForFew, openFirst } from './for-few.ts';

/** Finds out, once for a backend, in which of several ways it takes a token. */
export class CarrierChoice {
  readonly #witness: Operation | undefined;
  #chosen = 0;
  #known = false;

  constructor(contract: Contract) {
    // Something that only reads, and that everybody who is signed in may ask.
    this.#witness = openFirst(contract.operations).find(
      (operation) =>
        operation.method === 'GET' &&
        !isForFew(operation) &&
        asksForSomebody(operation) &&
        !operation.parameters.some(({ required }) => required),
    );
  }

  async choose(instance: Instance, carriers: readonly Carrier[]): Promise<Carrier> {
    const [first] = carriers;
    if (first === undefined) throw new Error('there is no way to carry a token');
    const witness = this.#witness;
    if (carriers.length > 1 && witness !== undefined && !this.#known) {
      const request = { method: 'GET', target: witness.path, operation: witness.id, as: null };
      for (const [index, carrier] of carriers.entries()) {
        const code = status(await instance.send(authenticated(request, carrier)));
        if (code === null || code === 401 || code === 403) continue;
        this.#chosen = index;
        this.#known = true;
        break;
      }
    }
    return carriers[this.#chosen] ?? first;
  }
}
