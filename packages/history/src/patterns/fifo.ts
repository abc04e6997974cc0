import type { Decision } from '../model.ts';
import type { Entry } from '../operation.ts';

/** What an operation does to a queue, with values as canonical texts. Neither: a dequeue of nothing, or of nobody knows what. */
export interface QueueView<I, O> {
  readonly entry: Entry<I, O>;
  readonly enqueued: string | null;
  readonly dequeued: string | null;
}

interface Passage<I, O> {
  readonly value: string;
  readonly enqueue: Entry<I, O>;
  dequeue: Entry<I, O> | null;
}

/**
 * A queue in which no value is enqueued twice, and every dequeue says what it got, is linearizable exactly when nothing comes out that
 * was not put in, nothing comes out twice, and no value overtakes another (Henzinger, Sezgin and Vafeiadis). Does not apply (null)
 * to anything else. O(n log n).
 */
export function decideFifo<I, O>(views: readonly QueueView<I, O>[]): Decision<I, O> {
  const passages = new Map<string, Passage<I, O>>();
  for (const { entry, enqueued, dequeued } of views) {
    if (enqueued === null && dequeued === null) return null;
    if (enqueued === null) continue;
    if (passages.has(enqueued)) return null;
    passages.set(enqueued, { value: enqueued, enqueue: entry, dequeue: null });
  }
  for (const { entry, dequeued } of views) {
    if (dequeued === null) continue;
    const passage = passages.get(dequeued);
    if (passage === undefined) return { core: [entry], why: `The value ${dequeued} came out, and nobody put it in` };
    if (passage.dequeue !== null)
      return { core: [passage.dequeue, entry], why: `The value ${dequeued} came out twice and was put in once` };
    if (entry.return < passage.enqueue.call)
      return { core: [entry], why: `The value ${dequeued} came out before anybody began to put it in` };
    passage.dequeue = entry;
  }
  return overtaking([...passages.values()]) ?? 'linearizable';
}

/** Two values of which one certainly went in first and the other certainly came out first. */
function overtaking<I, O>(passages: readonly Passage<I, O>[]): Decision<I, O> {
  const inOrder = passages
    .filter((passage) => passage.enqueue.known)
    .sort((a, b) => a.enqueue.return - b.enqueue.return);
  const byCall = passages.filter((passage) => passage.dequeue !== null).sort((a, b) => a.enqueue.call - b.enqueue.call);
  let next = 0;
  let slowest: Passage<I, O> | null = null;
  for (const passage of byCall) {
    for (
      let ahead = inOrder[next];
      ahead !== undefined && ahead.enqueue.return < passage.enqueue.call;
      ahead = inOrder[++next]
    ) {
      if (slowest === null || leaves(ahead) > leaves(slowest)) slowest = ahead;
    }
    if (slowest === null || passage.dequeue === null || passage.dequeue.return >= leaves(slowest)) continue;
    const core = [slowest.enqueue, passage.enqueue, passage.dequeue, slowest.dequeue].flatMap((entry) => entry ?? []);
    return {
      core: core.filter((entry) => entry.known),
      why: `The value ${slowest.value} went in before ${passage.value}, and ${passage.value} came out first`,
    };
  }
  return null;
}

function leaves<I, O>(passage: Passage<I, O>): number {
  return passage.dequeue?.call ?? Number.POSITIVE_INFINITY;
}
