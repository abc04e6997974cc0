import { HistoryError } from './history-error.ts';

/** `failed` certainly did not happen; `unknown` may have happened at any time after its call, or never. */
export type Outcome = 'ok' | 'failed' | 'unknown';

/** One operation of one client. Times are in any unit, as long as all of a history use the same. */
export interface Operation<I = unknown, O = unknown> {
  /** The client; null when nobody knows which. A client does one operation after the other. */
  readonly process: string | number | null;
  readonly input: I;
  /** What came back; absent when it is unknown or says nothing. */
  readonly output?: O;
  readonly call: number;
  /** Left out, or ignored, when the outcome is unknown. */
  readonly return?: number;
  readonly outcome: Outcome;
  /** Operations with different keys touch different objects; the model may part them further. */
  readonly key?: string;
  /** The line it was read from. */
  readonly line?: number;
}

/** `process 3`, for people. */
export function processName(process: Operation['process']): string {
  return process === null ? 'unknown process' : `process ${process}`;
}

/** An operation made ready for checking: failed ones are gone, unknown ones return at infinity. */
export interface Entry<I = unknown, O = unknown> {
  /** Its place in the history given. */
  readonly index: number;
  readonly operation: Operation<I, O>;
  readonly input: I;
  /** Undefined when the outcome is unknown. */
  readonly output: O | undefined;
  /** False: it may have happened or not. */
  readonly known: boolean;
  /** Times to compare with those of the other entries; the operation keeps the times as they were given. */
  readonly call: number;
  readonly return: number;
}

/** Throws a `HistoryError` for times that make no sense. */
export function entryOf<I, O>(operation: Operation<I, O>, index: number): Entry<I, O> {
  const known = operation.outcome === 'ok';
  const returned = known ? operation.return : Number.POSITIVE_INFINITY;
  const where = operation.line ?? null;
  if (!Number.isFinite(operation.call)) throw new HistoryError(where, 'a finite time of call', String(operation.call));
  if (returned === undefined || Number.isNaN(returned)) {
    throw new HistoryError(where, `a time of return for operation ${index}, whose outcome is ok`, String(returned));
  }
  if (returned < operation.call) {
    throw new HistoryError(where, `operation ${index} to return after its call at ${operation.call}`, String(returned));
  }
  const output = known ? operation.output : undefined;
  return { index, operation, input: operation.input, output, known, call: operation.call, return: returned };
}

/** Intervals are closed: operations that touch in one instant are concurrent. */
export function precedes(a: Pick<Entry, 'return'>, b: Pick<Entry, 'call'>): boolean {
  return a.return < b.call;
}
