import type { Model } from '../model.ts';
import type { Entry, Operation } from '../operation.ts';
import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import { connectedNames } from '../patterns/connected.ts';
import { tokenBeside } from './register-input.ts';

export type RegisterAccess =
  | { readonly f: 'read'; readonly key: string }
  | { readonly f: 'write'; readonly key: string; readonly value: Value };
/** All accesses at one moment, in this order. */
export type MultiRegisterInput = readonly RegisterAccess[];
/** One value for each access; those of writes say nothing. */
export type MultiRegisterOutput = readonly Value[];
type Registers = ReadonlyMap<string, Value>;
type MultiEntry = Entry<MultiRegisterInput, MultiRegisterOutput>;

/** Registers that are read and written several at a time. Those that no operation ever touches together are checked apart. */
export function multiRegister(
  initial: Readonly<Record<string, Value>> = {},
): Model<Registers, MultiRegisterInput, MultiRegisterOutput> {
  const start: Registers = new Map(Object.entries(initial));
  const model: Model<Registers, MultiRegisterInput, MultiRegisterOutput> = {
    name: 'multi-register',
    initial: () => start,
    step: (state, input, output) => {
      let after = state;
      for (const [i, access] of input.entries()) {
        if (access.f === 'write') after = new Map(after).set(access.key, access.value);
        else if (output !== undefined && !sameValue(after.get(access.key) ?? null, output[i] ?? null)) return [];
      }
      return [after];
    },
    key: (state) =>
      [...state]
        .map(([key, value]) => `${keyOf(key)}:${keyOf(value)}`)
        .sort()
        .join(),
    partition: (history) => connectedNames(history, keysOf),
    effect: (input) =>
      input.every((access) => access.f === 'read')
        ? 'none'
        : input.every((access) => access.f === 'write')
          ? 'blind'
          : 'any',
    specialize: (entries) => ({ model, entries: mergeUnseen(entries, initial) }),
    hopeless: (state, { input, output }, candidates) =>
      input.some((access, i) => {
        const wanted = output?.[i] ?? null;
        if (access.f !== 'read' || sameValue(state.get(access.key) ?? null, wanted)) return false;
        return !candidates.some((entry) =>
          entry.input.some((each) => each.f === 'write' && each.key === access.key && sameValue(each.value, wanted)),
        );
      }),
    describe: (input, output, known) =>
      input
        .map((access, i) =>
          access.f === 'write'
            ? `${access.key} := ${showValue(access.value)}`
            : `${access.key} = ${known && output !== undefined ? showValue(output[i]) : '?'}`,
        )
        .join(', '),
    describeState: (state) => [...state].map(([key, value]) => `${key} = ${showValue(value)}`).join(', ') || 'empty',
  };
  return model;
}

function keysOf(operation: Operation<MultiRegisterInput, MultiRegisterOutput>): readonly string[] {
  return operation.input.map((access) => access.key);
}

function mergeUnseen(entries: readonly MultiEntry[], initial: Readonly<Record<string, Value>>): readonly MultiEntry[] {
  const seen = new Set(['null', ...Object.values(initial).map(keyOf)]);
  for (const { input, output } of entries)
    for (const [i, access] of input.entries()) if (access.f === 'read') seen.add(keyOf(output?.[i] ?? null));
  const token = tokenBeside(seen);
  return entries.map((entry) => ({
    ...entry,
    input: entry.input.map((access) =>
      access.f === 'write' && !seen.has(keyOf(access.value)) ? { ...access, value: token } : access,
    ),
  }));
}
