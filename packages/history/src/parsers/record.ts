import { HistoryError } from '../history-error.ts';
import type { Value } from '../value.ts';

/** Who did it; null when the history does not say, so that nothing follows about the order of what one client did. */
export type Process = string | number | null;

/** One line of a history, as all formats have it. */
export interface RecordedEvent {
  readonly line: number;
  readonly process: Process;
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
  readonly process: Process;
  readonly f: string;
  readonly key: string | null;
  /** What it was invoked with. */
  readonly value: Value;
  /** What it completed with; undefined when it did not, or only with an error. */
  readonly result: Value | undefined;
  /** `fail`: it says of itself that it did not happen. */
  readonly type: 'ok' | 'fail' | 'info';
  readonly error: Value;
  /** Null for a completion that nothing invoked: nobody knows when it was (or, with `info`, whether it is an operation at all). */
  readonly call: number | null;
  readonly return: number | null;
  /** It was written as one, with its call and its return, rather than as two events. */
  readonly whole?: true;
}

/** A process that injects faults; what it does is no operation. */
export const bystander = 'nemesis';

/** Joins invocations with completions. What never completes is `info`; what was never invoked has no times. */
export function pairEvents(events: readonly RecordedEvent[]): readonly RecordedOperation[] {
  const operations: RecordedOperation[] = [];
  const open = new Map<Process, { readonly place: number; readonly event: RecordedEvent }>();
  for (const event of events) {
    if (event.process === bystander) continue;
    const begun = open.get(event.process);
    if (event.type === 'invoke') {
      if (begun !== undefined) {
        throw new HistoryError(
          event.line,
          event.process === null
            ? `a process for each event, because :${begun.event.f} of line ${begun.event.line} is open`
            : `process ${event.process} to complete :${begun.event.f} of line ${begun.event.line} first`,
          `another :invoke, of :${event.f}`,
        );
      }
      open.set(event.process, { place: operations.length, event });
      operations.push({ ...withoutTime(event), result: undefined, type: 'info', error: null, call: event.time });
      continue;
    }
    if (begun === undefined) {
      operations.push({ ...withoutTime(event), result: event.value, type: event.type, call: null });
      continue;
    }
    if (begun.event.f !== event.f) {
      throw new HistoryError(
        event.line,
        `${event.process === null ? 'something' : `process ${event.process}`} to complete :${begun.event.f} of line ${begun.event.line}`,
        `:${event.f}`,
      );
    }
    open.delete(event.process);
    const call = operations[begun.place];
    if (call !== undefined)
      operations[begun.place] = {
        ...call,
        type: event.type,
        result: event.value,
        error: event.error,
        return: event.time,
      };
  }
  return operations;
}

function withoutTime({ line, process, f, key, value, error }: RecordedEvent) {
  return { line, process, f, key, value, error, return: null };
}
