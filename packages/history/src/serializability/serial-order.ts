import { keyOf, sameValue, type Value } from '../value.ts';
import type { Transaction } from './transaction.ts';

/** Runs transactions one after the other and says whether each read saw what it says: the proof that the order explains the history. */
export function explains(order: readonly number[], transactions: readonly Transaction[]): boolean {
  const state = new Map<string, Value>();
  const lists = new Map<string, Value[]>();
  for (const index of order) {
    const transaction = transactions[index];
    for (const operation of transaction?.operations ?? []) {
      const { key } = operation;
      if (operation.f === 'write') state.set(key, operation.value);
      else if (operation.f === 'append') {
        const list = lists.get(key);
        if (list === undefined) lists.set(key, [operation.value]);
        else list.push(operation.value);
      } else if (
        transaction?.outcome === 'ok' &&
        operation.value !== undefined &&
        !saw(operation.value, state.get(key), lists.get(key))
      )
        return false;
    }
  }
  return true;
}

/** An empty list and nothing are the same version. */
function saw(value: Value, register: Value | undefined, list: readonly Value[] | undefined): boolean {
  if (list === undefined)
    return sameValue(value, register ?? null) || (register === undefined && Array.isArray(value) && value.length === 0);
  return Array.isArray(value) && value.length === list.length && keyOf(value) === keyOf(list);
}
