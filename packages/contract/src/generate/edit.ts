import { pointerSteps } from '../validate/violation.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';

/** One change of one place in a value. */
export type Edit =
  | { readonly op: 'set'; readonly pointer: string; readonly value: Json }
  | { readonly op: 'remove'; readonly pointer: string };

/** The value after the change; undefined when the place is not there. Setting makes a member that was not there, never an item. */
export function applyEdit(value: Json, edit: Edit): Json | undefined {
  return change(value, pointerSteps(edit.pointer), edit);
}

function change(value: Json, steps: readonly string[], edit: Edit): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return edit.op === 'set' ? edit.value : undefined;
  if (Array.isArray(value)) {
    const index = Number(step);
    const item = value[index];
    if (item === undefined) return undefined;
    if (rest.length === 0 && edit.op === 'remove') return value.toSpliced(index, 1);
    const changed = change(item, rest, edit);
    return changed === undefined ? undefined : value.with(index, changed);
  }
  if (!isJsonObject(value)) return undefined;
  const member = Object.hasOwn(value, step) ? value[step] : undefined;
  if (rest.length === 0) {
    if (edit.op === 'set') return { ...value, [step]: edit.value };
    if (member === undefined) return undefined;
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
  }
  if (member === undefined) return undefined;
  const changed = change(member, rest, edit);
  return changed === undefined ? undefined : { ...value, [step]: changed };
}

/** Puts a value at a pointer and makes the objects on the way that are missing; undefined when something else stands in the way. */
export function plant(value: Json, pointer: string, planted: Json): Json | undefined {
  const [step, ...rest] = pointerSteps(pointer);
  if (step === undefined) return planted;
  const pointerOfRest = rest.map((each) => `/${each.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (Array.isArray(value)) {
    const item = value[Number(step)];
    const changed = item === undefined ? undefined : plant(item, pointerOfRest, planted);
    return changed === undefined ? undefined : value.with(Number(step), changed);
  }
  if (!isJsonObject(value)) return undefined;
  const member = Object.hasOwn(value, step) ? (value[step] ?? null) : {};
  const changed = rest.length === 0 ? planted : plant(member, pointerOfRest, planted);
  return changed === undefined ? undefined : { ...value, [step]: changed };
}
