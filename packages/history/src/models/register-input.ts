import type { Effect } from '../model.ts';
import type { Entry } from '../operation.ts';
import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import type { CellView } from '../patterns/cell.ts';

export type RegisterInput = { readonly f: 'read' } | { readonly f: 'write'; readonly value: Value };
export type CasRegisterInput = RegisterInput | { readonly f: 'cas'; readonly from: Value; readonly to: Value };

/** What a read saw, or whether a compare-and-set took place. A write's output says nothing. */
export type RegisterOutput = Value;
type RegisterEntry = Entry<CasRegisterInput, RegisterOutput>;

/** Stands for every value that nobody ever saw: they cannot be told apart, so neither need the search. */
const unseen = '(a value that nobody saw)';

export function stepRegister(state: Value, input: CasRegisterInput, output: RegisterOutput | undefined): readonly Value[] {
  switch (input.f) {
    case 'read':
      return output === undefined || sameValue(state, output) ? [state] : [];
    case 'write':
      return [input.value];
    case 'cas': {
      const same = sameValue(state, input.from);
      if (output === undefined) return [same ? input.to : state];
      return same === (output === true) ? [same ? input.to : state] : [];
    }
    default:
      return input satisfies never;
  }
}

export function registerEffect(input: CasRegisterInput, output: RegisterOutput | undefined): Effect {
  if (input.f === 'read') return 'none';
  if (input.f === 'write') return 'blind';
  return output === false ? 'none' : 'any';
}

export function cellView(entry: RegisterEntry): CellView<CasRegisterInput, RegisterOutput> {
  const { input, output, known } = entry;
  switch (input.f) {
    case 'read':
      return { entry, saw: known ? keyOf(output) : null, left: null, opaque: false };
    case 'write':
      return { entry, saw: null, left: keyOf(input.value), opaque: false };
    case 'cas':
      if (output === false) return { entry, saw: null, left: null, opaque: false };
      return { entry, saw: known ? keyOf(input.from) : null, left: keyOf(input.to), opaque: false };
    default:
      return input satisfies never;
  }
}

/** Whether an operation may leave this value. */
export function mayLeave(input: CasRegisterInput, value: Value): boolean {
  if (input.f === 'write') return sameValue(input.value, value);
  return input.f === 'cas' && sameValue(input.to, value);
}

/** Makes one of all the written values that no read and no compare-and-set names. */
export function mergeUnseen(entries: readonly RegisterEntry[], initial: Value): readonly RegisterEntry[] {
  const seen = new Set([keyOf(initial)]);
  for (const { input, output } of entries) {
    if (input.f === 'read') seen.add(keyOf(output));
    else if (input.f === 'cas') seen.add(keyOf(input.from));
  }
  const token = tokenBeside(seen);
  return entries.map((entry): RegisterEntry => {
    const { input } = entry;
    if (input.f === 'write' && !seen.has(keyOf(input.value))) return { ...entry, input: { f: 'write', value: token } };
    if (input.f === 'cas' && !seen.has(keyOf(input.to))) return { ...entry, input: { ...input, to: token } };
    return entry;
  });
}

/** A text that is none of the seen values. */
export function tokenBeside(seen: ReadonlySet<string>): string {
  let token = unseen;
  while (seen.has(keyOf(token))) token += "'";
  return token;
}

export function describeRegister(input: CasRegisterInput, output: RegisterOutput | undefined, known: boolean): string {
  switch (input.f) {
    case 'read':
      return `read ${known ? showValue(output) : '?'}`;
    case 'write':
      return `write ${showValue(input.value)}${known ? '' : ' ?'}`;
    case 'cas':
      return `cas ${showValue(input.from)} → ${showValue(input.to)}${known ? (output === false ? ' refused' : '') : ' ?'}`;
    default:
      return input satisfies never;
  }
}
