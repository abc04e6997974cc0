import type { Exchange, Statement } from '@assay/contract';

/** To which exchange a statement belongs: an exchange's id, `ambiguous`, or null when it belongs to none. */
export type Owner = string | 'ambiguous' | null;

interface Interval {
  readonly exchange: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Says for each statement of one instance which exchange caused it. A statement that began while exactly one exchange was in flight
 * belongs to that one; while several were, to the one whose planted value it carries, and otherwise to `ambiguous`; while none was, to
 * nobody (background work, or work that goes on after the answer).
 */
export class Attribution {
  readonly #open = new Map<string, number>();
  #done: Interval[] = [];
  readonly #waiting: Statement[] = [];
  readonly #emit: (statement: Statement, owner: Owner) => void;

  constructor(emit: (statement: Statement, owner: Owner) => void) {
    this.#emit = emit;
  }

  /** @param key names the exchange until it has an id. @param at milliseconds since the start of the run. */
  opened(key: string, at: number): void {
    this.#open.set(key, at);
  }

  closed(key: string, exchange: Exchange): void {
    this.#open.delete(key);
    this.#done.push({ exchange: exchange.id, from: exchange.startedAt, to: exchange.startedAt + exchange.durationMs });
    if (this.#open.size === 0) this.settle();
  }

  saw(statement: Statement): void {
    this.#waiting.push(statement);
    if (this.#open.size === 0) this.settle();
  }

  /** Decides about all statements that wait. */
  settle(): void {
    for (const statement of this.#waiting.splice(0)) this.#emit(statement, this.#ownerOf(statement));
    // A statement may complete well after the answer was sent; the last exchanges stay known for it.
    this.#done = this.#done.slice(-64);
  }

  #ownerOf(statement: Statement): Owner {
    const at = statement.startedAt;
    const owners = this.#done.filter((interval) => interval.from <= at && at <= interval.to);
    const [only] = owners;
    if (only === undefined) return null;
    return owners.length === 1 && this.#open.size === 0 ? only.exchange : 'ambiguous';
  }
}
