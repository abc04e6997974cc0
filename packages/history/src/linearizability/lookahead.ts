import type { Entry } from '../operation.ts';
import type { Pending } from './pending.ts';
import type { Problem } from './problem.ts';

/** How many returns are looked over, and how many operations a model may be shown. */
const horizon = { returns: 64, candidates: 256 };

export interface NextObservation<I, O> {
  readonly observation: Entry<I, O>;
  /** Everything that may still come before it; of equal unknown operations, one. */
  readonly candidates: readonly Entry<I, O>[];
  /** The event at which it must have been made. */
  readonly position: number;
}

/** The observation that returns first among those still to be made; null when it is too far away to be worth a look. */
export function nextObservation<S, I, O>(problem: Problem<S, I, O>, pending: Pending): NextObservation<I, O> | null {
  const { entries, entryAt, returnAt, observes, callAt, unknown } = problem;
  const candidates: Entry<I, O>[] = [];
  let observation: Entry<I, O> | undefined;
  let at = pending.first();
  for (let returns = 0; at !== pending.end && returns < horizon.returns; at = pending.after(at)) {
    const i = entryAt[at] ?? 0;
    const entry = entries[i];
    if (returnAt[i] === at) {
      returns++;
      if (observes[i] === 1) {
        observation = entry;
        break;
      }
    } else if (entry !== undefined && observes[i] === 0) candidates.push(entry);
    if (candidates.length > horizon.candidates) return null;
  }
  if (observation === undefined) return null;
  for (const [number, each] of unknown.entries()) {
    const next = each.members[pending.used[number] ?? 0];
    const entry = next === undefined ? undefined : entries[next];
    if (next !== undefined && entry !== undefined && (callAt[next] ?? 0) < at) candidates.push(entry);
  }
  return { observation, candidates, position: at };
}
