import { HistoryError } from '../history-error.ts';
import type { RecordedOperation } from '../parsers/record.ts';
import { isFields } from '../parsers/event.ts';
import type { NilRead } from '../parsers/registry.ts';
import { showValue, type Value } from '../value.ts';

/** What amounts and balances have to be, for messages. */
export const wholeNumber = 'a whole number, in the smallest unit,';

export function isWhole(value: Value | undefined): value is number {
  return Number.isSafeInteger(value);
}

/** Access to the parts of a recorded operation; what is missing or of another kind is a `HistoryError` with the line. */
export class Fields {
  readonly record: RecordedOperation;
  readonly #nilRead: NilRead;

  constructor(record: RecordedOperation, nilRead: NilRead = 'observation') {
    this.record = record;
    this.#nilRead = nilRead;
  }

  fail(expected: string, found: Value | undefined): never {
    throw new HistoryError(this.record.line, expected, showValue(found));
  }

  unknownFunction(model: string, known: string): never {
    throw new HistoryError(this.record.line, `${known} for the model ${model}`, this.record.f);
  }

  /** Undefined unless it completed with success. */
  get result(): Value | undefined {
    return this.record.type === 'ok' ? this.record.result : undefined;
  }

  /** What a read saw; undefined when nobody knows. */
  get seen(): Value | undefined {
    return this.known(this.result);
  }

  /**
   * The result of a function that asks for nothing. In a whole operation without an output it is the value, where events have what a read
   * saw: there is nothing else that it could be.
   */
  get answer(): Value | undefined {
    const { type, result, value } = this.record;
    return type === 'ok' && result === undefined && value !== null ? value : this.result;
  }

  /** The steps of a transaction with what they read; in a whole operation without an output they are the value, if a read of it holds anything. */
  get steps(): Value | undefined {
    const { answer, result } = this;
    return result === undefined && !(Array.isArray(answer) && answer.some(tellsRead)) ? undefined : answer;
  }

  /** A value that was read, or undefined where nil stands for "not known". */
  known(value: Value | undefined): Value | undefined {
    return value === null && this.#nilRead === 'unknown' ? undefined : value;
  }

  key(): string {
    return this.record.key ?? this.fail(`a key for ${this.record.f}`, undefined);
  }

  pair(): readonly [Value, Value] {
    const { value } = this.record;
    if (!Array.isArray(value) || value.length !== 2) return this.fail(`two values for ${this.record.f}`, value);
    return [value[0] ?? null, value[1] ?? null];
  }

  /** Sums of fractions depend on their order, and those of very large numbers too, so that a right answer would look wrong. */
  whole(value: Value | undefined, what: string): number {
    return isWhole(value) ? value : this.fail(`${wholeNumber} for ${what}`, value);
  }

  list(value: Value | undefined, what: string): readonly Value[] {
    if (value === null) return [];
    return Array.isArray(value) ? value : this.fail(`a list for ${what}`, value);
  }

  map(value: Value | undefined, what: string): { readonly [key: string]: Value } {
    return value !== undefined && isFields(value) ? value : this.fail(`a map for ${what}`, value);
  }

  text(value: Value | undefined, what: string): string {
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : this.fail(`a name for ${what}`, value);
  }
}

function tellsRead(step: Value): boolean {
  return Array.isArray(step) && (step[0] === 'r' || step[0] === 'read') && (step[2] ?? null) !== null;
}
