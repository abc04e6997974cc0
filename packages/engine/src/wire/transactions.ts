/** Numbers the transaction blocks of all connections. */
export interface TransactionCounter {
  next(): number;
}

/**
 * Knows in which transaction block a connection is. Command tags tell inside a pipeline, where no ReadyForQuery comes between; its
 * status has the last word.
 */
export class TransactionTracker {
  readonly #counter: TransactionCounter;
  #current: number | null = null;

  constructor(counter: TransactionCounter) {
    this.#counter = counter;
  }

  /** The open block, or null. */
  get current(): number | null {
    return this.#current;
  }

  /** Takes note of a completed statement, and says which block it belongs to. */
  completed(command: string, text: string): number | null {
    switch (command) {
      case 'BEGIN':
      case 'START TRANSACTION':
        this.#current ??= this.#counter.next();
        return this.#current;
      case 'COMMIT':
      case 'ROLLBACK':
      case 'PREPARE TRANSACTION':
        return this.#ended(command, text);
      default:
        return this.#current;
    }
  }

  /** Takes note of ReadyForQuery: `I` outside a block, `T` inside one, `E` inside a failed one. */
  ready(status: number): void {
    if (status === 0x49) this.#current = null;
    else this.#current ??= this.#counter.next();
  }

  #ended(command: string, text: string): number | null {
    const ended = this.#current;
    // ROLLBACK TO SAVEPOINT has the same tag and ends nothing.
    if (command === 'ROLLBACK' && /\brollback\s+(?:work\s+|transaction\s+)?to\b/i.test(text)) return ended;
    this.#current = /\band\s+chain\b/i.test(text) ? this.#counter.next() : null;
    return ended;
  }
}
