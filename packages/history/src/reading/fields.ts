import { HistoryError } from '../history-error.ts';
import type { RecordedOperation } from '../parsers/record.ts';
import { isFields } from '../parsers/event.ts';
import type { NilRead } from '../parsers/registry.ts';
import { showValue, type Value } from '../value.ts';

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

  number(value: Value | undefined, what: string): number {
    return typeof value === 'number' ? value : this.fail(`a number for ${what}`, value);
  }

  /** A number that may be missing. */
  optionalNumber(value: Value | undefined): number | undefined {
    return typeof value === 'number' ? value : undefined;
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
