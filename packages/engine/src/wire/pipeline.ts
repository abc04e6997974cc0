import { Names, type Portal, type Prepared } from './catalog.ts';
import type { Expected } from './expected.ts';
import { Queue } from './queue.ts';

/** The requests of one connection whose answers have not come yet, and the names its statements and portals have. */
export class Pipeline {
  /** As they will be when the server has done all it was asked for: what a request means when it is read. */
  readonly statements = new Names<Prepared>();
  /** As they are at the server, by what it has answered. */
  readonly confirmed = new Names<Prepared>();
  readonly portals = new Names<Portal>();
  readonly #queue = new Queue<Expected>();
  #skipping = false;
  #ignoringSync = false;

  /** After an error the server passes over everything until the next Sync; true when that Sync has not been read yet. */
  get skipping(): boolean {
    return this.#skipping;
  }

  /** What was just pushed will fail for certain, and so everything behind it up to Sync will be passed over. */
  willFail(): void {
    this.#skipping = true;
  }

  push(expected: Expected): void {
    this.#queue.push(expected);
  }

  sync(expected: Expected): void {
    if (this.#ignoringSync) return;
    this.#skipping = false;
    this.#queue.push(expected);
  }

  copyEnded(expected: Expected): void {
    this.#ignoringSync = false;
    this.#queue.push(expected);
  }

  /** What the database answers now. */
  head(): Expected | undefined {
    let head = this.#queue.peek();
    while (head?.kind === 'copy-end') {
      this.#queue.shift();
      head = this.#queue.peek();
    }
    return head;
  }

  shift(): void {
    this.#queue.shift();
  }

  waiting(): readonly Expected[] {
    return this.#queue.waiting();
  }

  get size(): number {
    return this.#queue.size;
  }

  /** Whether ReadyForQuery will come without another request. */
  get syncWaits(): boolean {
    return this.#queue.waiting().some((expected) => expected.kind === 'sync');
  }

  /**
   * The server begins to take data: what it reads before CopyDone or CopyFail is that data, and a Sync among it is passed over
   * ("COPY Operations" in PostgreSQL's protocol).
   */
  copyInStarted(): void {
    const waiting = this.#queue.waiting();
    const end = waiting.findIndex((expected) => expected.kind === 'copy-end');
    this.#ignoringSync = end < 0;
    const last = end < 0 ? waiting.length : end;
    if (!waiting.slice(0, last).some((expected) => expected.kind === 'sync')) return;
    this.#queue.replaceAll(waiting.filter((expected, index) => index > last || expected.kind !== 'sync'));
  }

  /** After an error: takes everything up to the next Sync away, as the server does, and undoes what it meant for the names. */
  skipToSync(): readonly Expected[] {
    this.#ignoringSync = false;
    const waiting = this.#queue.waiting();
    const sync = waiting.findIndex((expected) => expected.kind === 'sync');
    const skipped = sync < 0 ? waiting : waiting.slice(0, sync);
    for (const expected of skipped.toReversed()) expected.undo?.();
    this.#queue.replaceAll(waiting.slice(skipped.length));
    this.#skipping = sync < 0;
    return skipped;
  }

  /** The last answer of a Sync, a simple query or a function call. Returns what it belongs to. */
  ready(): Expected | undefined {
    this.#ignoringSync = false;
    for (let head = this.head(); head !== undefined; head = this.head()) {
      this.#queue.shift();
      if (head.kind === 'sync' || head.kind === 'query' || head.kind === 'function') return head;
    }
    return undefined;
  }
}
