import type { Model, Specialized } from '../model.ts';
import { type Entry, precedes } from '../operation.ts';
import { decideFifo } from '../patterns/fifo.ts';
import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import { tokenBeside } from './register-input.ts';

export type QueueInput = { readonly f: 'enqueue'; readonly value: Value } | { readonly f: 'dequeue' };

/** What was dequeued; null when the queue was empty. Enqueuing says nothing. */
export type QueueOutput = Value;
type QueueEntry = Entry<QueueInput, QueueOutput>;

/** First in, first out. Null is no value to put in: coming out, it says that the queue was empty. */
export const queue: Model<readonly Value[], QueueInput, QueueOutput> = {
  name: 'queue',
  initial: () => [],
  step: (state, input, output) => {
    if (input.f === 'enqueue') return [[...state, input.value]];
    const [head, ...rest] = state;
    if (head === undefined) return output === undefined || output === null ? [state] : [];
    return output === undefined || (output !== null && sameValue(head, output)) ? [rest] : [];
  },
  key: keyOf,
  effect: (input, output) => (input.f === 'enqueue' ? 'blind' : output === null ? 'none' : 'any'),
  refute: (entries) => refuteQueue(entries),
  decide: (entries) =>
    decideFifo(
      entries.map((entry) => ({
        entry,
        enqueued: entry.input.f === 'enqueue' ? keyOf(entry.input.value) : null,
        dequeued: entry.known && entry.input.f === 'dequeue' && isValue(entry.output) ? keyOf(entry.output) : null,
        empty: entry.known && entry.input.f === 'dequeue' && entry.output === null,
      })),
    ),
  specialize,
  describe: (input, output, known) =>
    input.f === 'enqueue'
      ? `enqueue ${showValue(input.value)}${known ? '' : ' ?'}`
      : `dequeue ${known ? showValue(output) : '?'}`,
  describeState: (state) => showValue(state),
};

/** Not null, which is an empty queue, nor nothing at all, which tells nothing of what came out. */
function isValue(output: QueueOutput | undefined): output is QueueOutput {
  return output !== null && output !== undefined;
}

/** Nothing comes out that was not put in before, nor more often than it was put in. */
function refuteQueue(entries: readonly QueueEntry[]): { core: readonly QueueEntry[]; why: string } | null {
  const put = new Map<string, QueueEntry[]>();
  const got = new Map<string, QueueEntry[]>();
  for (const entry of entries) {
    const { input, output, known } = entry;
    if (input.f === 'dequeue' && (!known || !isValue(output))) continue;
    const key = keyOf(input.f === 'enqueue' ? input.value : output);
    const into = input.f === 'enqueue' ? put : got;
    const list = into.get(key);
    if (list === undefined) into.set(key, [entry]);
    else list.push(entry);
  }
  for (const [key, dequeues] of got) {
    const enqueues = put.get(key) ?? [];
    if (enqueues.length === 0)
      return { core: dequeues.slice(0, 1), why: `The value ${key} came out, and nobody put it in` };
    if (dequeues.length > enqueues.length)
      return { core: dequeues, why: `The value ${key} came out more often than it was put in` };
    const first = enqueues.reduce((least, entry) => Math.min(least, entry.call), Number.POSITIVE_INFINITY);
    const early = dequeues.find((entry) => entry.return < first);
    if (early !== undefined)
      return { core: [early], why: `The value ${key} came out before anybody began to put it in` };
  }
  return null;
}

/** Values that no known dequeue names are the same to everybody, and no value is put in behind one that certainly comes out later. */
function specialize(entries: readonly QueueEntry[]): Specialized<readonly Value[], QueueInput, QueueOutput> {
  const seen = new Set<string>();
  for (const { input, output, known } of entries) if (known && input.f === 'dequeue') seen.add(keyOf(output));
  const token = tokenBeside(seen);
  const renamed = entries.map(
    (entry): QueueEntry =>
      entry.input.f === 'enqueue' && !seen.has(keyOf(entry.input.value))
        ? { ...entry, input: { f: 'enqueue', value: token } }
        : entry,
  );
  const leavesBefore = departures(renamed);
  const step: typeof queue.step = (state, input, output, tick) => {
    if (input.f === 'enqueue' && state.some((ahead) => leavesBefore(keyOf(input.value), keyOf(ahead)))) return [];
    return queue.step(state, input, output, tick);
  };
  return { model: { ...queue, step }, entries: renamed };
}

/**
 * Whether the first of two values certainly leaves before the second, or the second never does. The first is put in once, so that it is clear
 * which dequeue takes it; so is the second, if anybody is known to take it.
 */
function departures(entries: readonly QueueEntry[]): (value: string, ahead: string) => boolean {
  const puts = new Map<string, number>();
  const takes = new Map<string, QueueEntry>();
  let anyMayLeave = false;
  for (const entry of entries) {
    const { input, output, known } = entry;
    if (input.f === 'enqueue') puts.set(keyOf(input.value), (puts.get(keyOf(input.value)) ?? 0) + 1);
    else if (!known || output === undefined) anyMayLeave = true;
    else if (output !== null) takes.set(keyOf(output), entry);
  }
  return (value, ahead) => {
    const take = puts.get(value) === 1 ? takes.get(value) : undefined;
    if (take === undefined) return false;
    const later = takes.get(ahead);
    return later === undefined ? !anyMayLeave : puts.get(ahead) === 1 && precedes(take, later);
  };
}
