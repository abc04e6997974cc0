import type { Decision, Refutation } from '../model.ts';
import type { Entry } from '../operation.ts';

/** What an operation does to a queue, with values as canonical texts. None of the three: a dequeue of nobody knows what. */
export interface QueueView<I, O> {
  readonly entry: Entry<I, O>;
  readonly enqueued: string | null;
  readonly dequeued: string | null;
  /** It found nothing to take. */
  readonly empty: boolean;
}

interface Passage<I, O> {
  readonly value: string;
  readonly enqueue: Entry<I, O>;
  dequeue: Entry<I, O> | null;
}

/**
 * A queue in which no value is enqueued twice, and every dequeue says what it got, is linearizable exactly when nothing comes out that
 * was not put in, nothing comes out twice, no value overtakes another, and none was there all the time that a dequeue took which found nothing
 * (Henzinger, Sezgin and Vafeiadis, "Aspect-Oriented Linearizability Proofs"; Bouajjani, Emmi, Enea and Hamza, "On Reducing Linearizability to
 * State Reachability"). Why the last one is enough: at a moment at which no value is certainly there, whatever has begun with its value can be put
 * before the empty dequeue and the rest behind it, and each half is a history of the same form.
 *
 * A dequeue whose outcome is unknown may never have happened: what is linearizable without it is so with it. It may also have taken any value
 * that nobody else is known to have taken, from its call on: what is refuted even so is refuted. Between the two, and where a value is put in
 * twice, this does not apply (null). O(n log n).
 */
export function decideFifo<I, O>(views: readonly QueueView<I, O>[]): Decision<I, O> {
  const passages = new Map<string, Passage<I, O>>();
  const empties: Entry<I, O>[] = [];
  const takers: Entry<I, O>[] = [];
  for (const { entry, enqueued, dequeued, empty } of views) {
    if (empty) empties.push(entry);
    else if (enqueued === null && dequeued === null) takers.push(entry);
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
  const all = [...passages.values()];
  const without = impossible(all, empties, Number.POSITIVE_INFINITY);
  // One that has certainly happened took something, or found nothing: it cannot be left out.
  if (without === null) return takers.some((taker) => taker.known) ? null : 'linearizable';
  if (takers.length === 0) return without;
  return impossible(
    all,
    empties,
    takers.reduce((least, { call }) => Math.min(least, call), Number.POSITIVE_INFINITY),
  );
}

/** @param takenFrom from when on a value may be gone that nobody is known to have taken */
function impossible<I, O>(
  passages: readonly Passage<I, O>[],
  empties: readonly Entry<I, O>[],
  takenFrom: number,
): Refutation<I, O> | null {
  const leaves = ({ dequeue }: Passage<I, O>): number => dequeue?.call ?? takenFrom;
  return overtaking(passages, leaves) ?? emptyBeside(passages, empties, leaves);
}

/** Two values of which one certainly went in first and the other certainly came out first. */
function overtaking<I, O>(
  passages: readonly Passage<I, O>[],
  leaves: (passage: Passage<I, O>) => number,
): Refutation<I, O> | null {
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

/** A value is certainly there after `from` and before `until`; at those moments themselves it need not be. */
interface Stay<I, O> {
  readonly passage: Passage<I, O>;
  readonly from: number;
  readonly until: number;
}

/** A dequeue that found nothing, while at every moment of it some value was certainly there. */
function emptyBeside<I, O>(
  passages: readonly Passage<I, O>[],
  empties: readonly Entry<I, O>[],
  leaves: (passage: Passage<I, O>) => number,
): Refutation<I, O> | null {
  const stays = passages
    .flatMap((passage): Stay<I, O>[] => {
      const [from, until] = [passage.enqueue.return, leaves(passage)];
      return passage.enqueue.known && from < until ? [{ passage, from, until }] : [];
    })
    .sort((a, b) => a.from - b.from);
  const filled: { readonly from: number; until: number }[] = [];
  for (const { from, until } of stays) {
    const last = filled.at(-1);
    if (last !== undefined && from < last.until) last.until = Math.max(last.until, until);
    else filled.push({ from, until });
  }
  let next = 0;
  for (const empty of empties.toSorted((a, b) => a.call - b.call)) {
    while ((filled[next]?.from ?? Number.POSITIVE_INFINITY) < empty.call) next += 1;
    const around = filled[next - 1];
    if (around === undefined || empty.return >= around.until) continue;
    const there = covering(stays, empty);
    return {
      core: [empty, ...there.flatMap(({ passage: { enqueue, dequeue } }) => [enqueue, dequeue ?? []].flat())],
      why: `The queue was found empty while ${there.length === 1 ? 'the value' : 'one of the values'} ${there.map(({ passage }) => passage.value).join(', ')} was certainly there`,
    };
  }
  return null;
}

/** Of stays in the order of their beginnings, few that together last from before a dequeue until after it. */
function covering<I, O>(stays: readonly Stay<I, O>[], { call, return: end }: Entry<I, O>): readonly Stay<I, O>[] {
  const chosen: Stay<I, O>[] = [];
  let reached = call;
  let best: Stay<I, O> | null = null;
  for (const stay of stays) {
    if (stay.from >= reached && best !== null) {
      chosen.push(best);
      reached = best.until;
      if (reached > end) return chosen;
    }
    if (best === null || stay.until > best.until) best = stay;
  }
  return best === null ? chosen : [...chosen, best];
}
