import { effectOf, type Model, type Specialized } from '../model.ts';
import type { Entry } from '../operation.ts';

/** The equivalent smaller problem a model knows, if it knows one. An unknown operation that could only have observed tells nothing. */
export function specialize<S, I, O>(
  model: Model<S, I, O>,
  entries: readonly Entry<I, O>[],
  tick: () => void,
): Specialized<S, I, O> {
  const useful = entries.filter((entry) => entry.known || effectOf(model, entry) !== 'none');
  return model.specialize?.(useful, tick) ?? { model, entries: useful };
}
