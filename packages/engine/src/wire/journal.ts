import type { Statement } from '@assay/contract';

/** Texts and parameters kept in memory, in UTF-16 units; beyond it the oldest statements go even when their number is allowed. */
const heaviest = 32 * 1024 * 1024;

/** The statements seen, in the order in which they were sent, bounded in number and in weight. */
export class Journal {
  readonly #maxKept: number;
  readonly #onStatement: ((statement: Statement) => void) | undefined;
  #kept: Statement[] = [];
  #weight = 0;
  #lastId = 0;

  constructor(maxKept: number, onStatement?: (statement: Statement) => void) {
    this.#maxKept = maxKept;
    this.#onStatement = onStatement;
  }

  /** Reserves ids for statements that were just read. */
  reserve(count: number): number {
    const first = this.#lastId + 1;
    this.#lastId += count;
    return first;
  }

  mark(): number {
    return this.#lastId + 1;
  }

  record(statement: Statement): void {
    // Statements of other connections which were sent later may be complete already; they are few and stand at the end.
    let place = this.#kept.length;
    while (place > 0 && (this.#kept[place - 1]?.id ?? 0) > statement.id) place -= 1;
    if (place === this.#kept.length) this.#kept.push(statement);
    else this.#kept.splice(place, 0, statement);
    this.#weight += weightOf(statement);
    // A little more is let in before the oldest go, so that they go many at a time.
    if (this.#kept.length > this.#maxKept * 1.25 || this.#weight > heaviest * 1.25) this.#trim();
    this.#onStatement?.(statement);
  }

  /** Puts a later view of a statement in the place of an earlier one: more rows of the same portal, an error found at its commit. */
  amend(statement: Statement): void {
    const index = this.#indexOf(statement.id);
    const before = this.#kept[index];
    if (before?.id !== statement.id) return;
    this.#weight += weightOf(statement) - weightOf(before);
    this.#kept[index] = statement;
    this.#onStatement?.(statement);
  }

  statements(): readonly Statement[] {
    return this.since(0);
  }

  since(mark: number): readonly Statement[] {
    const first = this.#indexOf(mark);
    const from = Math.max(first, this.#kept.length - this.#maxKept);
    return this.#kept.slice(from);
  }

  #trim(): void {
    let gone = 0;
    while (gone < this.#kept.length && (this.#kept.length - gone > this.#maxKept || this.#weight > heaviest)) {
      const oldest = this.#kept[gone];
      if (oldest !== undefined) this.#weight -= weightOf(oldest);
      gone += 1;
    }
    this.#kept = this.#kept.slice(gone);
  }

  /** The first statement whose id is not below this one. */
  #indexOf(id: number): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#kept[middle]?.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function weightOf(statement: Statement): number {
  let weight = statement.text.length;
  for (const value of statement.parameters) if (typeof value === 'string') weight += value.length;
  return weight;
}
