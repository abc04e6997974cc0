import type { Model } from '../model.ts';
import { type Entry, precedes, processName } from '../operation.ts';
import { showValue } from '../value.ts';
import type { OrderedOperation } from './verdict.ts';

const noTick = (): void => undefined;

/** Runs an order through the model as it is: the state after each operation, and the states at the end. */
export function replay<S, I, O>(
  model: Model<S, I, O>,
  entries: readonly Entry<I, O>[],
  order: readonly number[],
): { order: readonly OrderedOperation<I, O>[]; states: readonly S[] } {
  const byIndex = new Map(entries.map((entry) => [entry.index, entry]));
  const shown: OrderedOperation<I, O>[] = [];
  let states: readonly S[] = [model.initial()];
  for (const index of order) {
    const entry = byIndex.get(index);
    if (entry === undefined) continue;
    const exact = states.flatMap((state) => model.step(state, entry.input, entry.output, noTick));
    // An operation that was made optional may have been used with another output than it had.
    states = exact.length > 0 ? exact : states.flatMap((state) => model.step(state, entry.input, undefined, noTick));
    shown.push({ operation: entry.operation, state: describeStates(model, states) });
  }
  return { order: shown, states };
}

/** Why nothing follows: says that none can come next only where that is so. */
export function explain<S, I, O>(model: Model<S, I, O>, states: readonly S[], left: readonly Entry<I, O>[]): string {
  const [first] = left.toSorted((a, b) => a.return - b.return);
  if (first === undefined) return 'These operations cannot be put in one order';
  const what = model.describe?.(first.input, first.output, first.known) ?? JSON.stringify(first.input);
  const named = `${what} (${processName(first.operation.process)})`;
  const state = `After the longest order that is possible the state is ${describeStates(model, states)}`;
  if (left.length === 1) return `${state}; ${named} cannot come next`;
  const possible = left.some(
    (entry) =>
      left.every((other) => !precedes(other, entry)) &&
      states.some((each) => model.step(each, entry.input, entry.output, noTick).length > 0),
  );
  if (possible)
    return `${state}; the ${left.length} operations left, of which ${named} returned first, cannot all follow`;
  return `${state}; none of the ${left.length} operations left, of which ${named} returned first, can come next`;
}

function describeStates<S, I, O>(model: Model<S, I, O>, states: readonly S[]): string {
  const distinct = new Set(states.map((state) => model.describeState?.(state) ?? showValue(String(model.key(state)))));
  return [...distinct].join(' or ');
}
