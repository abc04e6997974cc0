import type { Model } from '../model.ts';
import { type Entry, entryOf, type Operation } from '../operation.ts';
import { keyOf } from '../value.ts';
import { withProcessOrder } from './process-order.ts';

/**
 * The parts of a history that can be judged by themselves, in the order in which they first appear. Gone are failed operations, and
 * observations of which nobody knows what they saw.
 */
export function partitionsOf<S, I, O>(
  model: Model<S, I, O>,
  history: readonly Operation<I, O>[],
  by?: (operation: Operation<I, O>) => string,
): ReadonlyMap<string, readonly Entry<I, O>[]> {
  const parts = new Map<string, Entry<I, O>[]>();
  const own = model.partition?.(history);
  for (const [index, operation] of history.entries()) {
    if (operation.outcome === 'failed') continue;
    const entry = entryOf(operation, index);
    if (entry.output === undefined && entry.known && model.effect?.(entry.input, undefined) === 'none') continue;
    const name = by?.(operation) ?? nameOf(operation.key, own?.[index]);
    const part = parts.get(name);
    if (part === undefined) parts.set(name, [entry]);
    else part.push(entry);
  }
  return new Map([...parts].map(([name, part]) => [name, withProcessOrder(part)]));
}

function nameOf(key: string | undefined, own: string | undefined): string {
  if (key === undefined) return own ?? '';
  return own === undefined || own === key ? key : keyOf([key, own]);
}
