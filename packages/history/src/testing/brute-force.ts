import type { Model } from '../model.ts';
import { type Entry, entryOf, type Operation, precedes } from '../operation.ts';

/** Tries every order. Written to be obviously right, for the tests to compare with. */
export function bruteForce<S, I, O>(
  model: Model<S, I, O>,
  history: readonly Operation<I, O>[],
  before: (a: Entry<I, O>, b: Entry<I, O>) => boolean = precedes,
): boolean {
  const entries = history.filter((operation) => operation.outcome !== 'failed').map(entryOf);
  const go = (state: S, left: typeof entries): boolean => {
    if (left.every((entry) => !entry.known)) return true;
    return left.some((entry) => {
      if (left.some((other) => before(other, entry))) return false;
      const rest = left.filter((other) => other !== entry);
      return model.step(state, entry.input, entry.output, () => undefined).some((next) => go(next, rest));
    });
  };
  return go(model.initial(), entries);
}
