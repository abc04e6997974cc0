import { HistoryError } from '../history-error.ts';
import type { Value } from '../value.ts';

/** One line of a history, as all formats have it. */
export interface RecordedEvent {
  readonly line: number;
  readonly process: string | number;
  readonly type: 'invoke' | 'ok' | 'fail' | 'info';
  readonly f: string;
  readonly key: string | null;
  readonly value: Value;
  /** Why it failed or is unknown, when the format says. */
  readonly error: Value;
  readonly time: number;
}

/** An invocation with its completion, before a model gives it a meaning. */
export interface RecordedOperation {
  readonly line: number;
  readonly process: string | number;
  readonly f: string;
  readonly key: string | null;
  /** What it was invoked with. */
  readonly value: Value;
  /** What it completed with; undefined when it did not, or only with an error. */
  readonly result: Value | undefined;
  /** `fail`: it says of itself that it did not happen. */
  readonly type: 'ok' | 'fail' | 'info';
  readonly error: Value;
  readonly call: number;
  readonly return: number | null;
}

/** A process that injects faults; what it does is no operation. */
const bystander = 'nemesis';

/** Joins invocations with completions. What never completes is `info`. */
export function pairEvents(events: readonly RecordedEvent[]): readonly RecordedOperation[] {
  const operations: RecordedOperation[] = [];
  const open = new Map<string | number, { readonly place: number; readonly event: RecordedEvent }>();
  for (const event of events) {
    if (event.process === bystander) continue;
    const begun = open.get(event.process);
    if (event.type === 'invoke') {
      if (begun !== undefined) {
        throw new HistoryError(
          event.line,
          `process ${event.process} to complete :${begun.event.f} of line ${begun.event.line} first`,
          `another :invoke, of :${event.f}`,
        );
      }
      open.set(event.process, { place: operations.length, event });
      operations.push(unfinished(event));
      continue;
    }
    if (begun === undefined) {
      // Faults and remarks are logged as :info by whoever makes them.
      if (event.type === 'info') continue;
      throw new HistoryError(event.line, `an :invoke of process ${event.process} before its :${event.type}`, 'none');
    }
    if (begun.event.f !== event.f) {
      throw new HistoryError(
        event.line,
        `process ${event.process} to complete :${begun.event.f} of line ${begun.event.line}`,
        `:${event.f}`,
      );
    }
    open.delete(event.process);
    const { place } = begun;
    const call = operations[place];
    if (call !== undefined)
      operations[place] = { ...call, type: event.type, result: event.value, error: event.error, return: event.time };
  }
  return operations;
}

function unfinished({ line, process, f, key, value, time }: RecordedEvent): RecordedOperation {
  return { line, process, f, key, value, result: undefined, type: 'info', error: null, call: time, return: null };
}
