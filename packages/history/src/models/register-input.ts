import type { Effect, Model, Specialized } from '../model.ts';
import type { Entry } from '../operation.ts';
import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import type { CellView } from '../patterns/cell.ts';
import { cellSightings, mergeUnseen, separateValues, withoutIdle } from '../patterns/separate.ts';

export type RegisterInput = { readonly f: 'read' } | { readonly f: 'write'; readonly value: Value };
export type CasRegisterInput = RegisterInput | { readonly f: 'cas'; readonly from: Value; readonly to: Value };

/** What a read saw, or whether a compare-and-set took place. A write's output says nothing. */
export type RegisterOutput = Value;
type RegisterEntry = Entry<CasRegisterInput, RegisterOutput>;

/** Stands for every value that nobody ever saw: they cannot be told apart, so neither need the search. */
const unseen = '(a value that nobody saw)';

export function stepRegister(
  state: Value,
  input: CasRegisterInput,
  output: RegisterOutput | undefined,
): readonly Value[] {
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
      return { entry, saw: known ? keyOf(output) : null, left: null, opaque: false, compared: null };
    case 'write':
      return { entry, saw: null, left: keyOf(input.value), opaque: false, compared: null };
    case 'cas':
      return {
        entry,
        saw: known && output !== false ? keyOf(input.from) : null,
        left: output === false ? null : keyOf(input.to),
        opaque: false,
        compared: known && output !== false ? null : keyOf(input.from),
      };
    default:
      return input satisfies never;
  }
}

/** Whether an operation may leave this value. */
export function mayLeave(input: CasRegisterInput, value: Value): boolean {
  if (input.f === 'write') return sameValue(input.value, value);
  return input.f === 'cas' && sameValue(input.to, value);
}

/** The same problem with every value replaced by its name, and names chosen so that the search has less to tell apart. */
export function specializeRegister(
  entries: readonly RegisterEntry[],
  initial: Value,
  named: (initial: Value) => Model<Value, CasRegisterInput, RegisterOutput>,
  tick: () => void,
): Specialized<Value, CasRegisterInput, RegisterOutput> {
  const start = keyOf(initial);
  const views = withoutIdle(mergeUnseen(separateValues(entries.map(cellView), start, tick), start), start);
  const sightings = cellSightings(views, start);
  return {
    model: { ...named(start), key: String },
    entries: views.map(renamed),
    sightings: { ...sightings, of: (state) => sightings.of(String(state)) },
  };
}

function renamed(view: CellView<CasRegisterInput, RegisterOutput>): RegisterEntry {
  const { entry, saw, left, compared } = view;
  const { input } = entry;
  if (input.f === 'read') return { ...entry, output: saw ?? undefined };
  if (input.f === 'write') return { ...entry, input: { f: 'write', value: left } };
  return { ...entry, input: { f: 'cas', from: saw ?? compared, to: left ?? keyOf(input.to) } };
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
      return `read ${known && output !== undefined ? showValue(output) : '?'}`;
    case 'write':
      return `write ${showValue(input.value)}${known ? '' : ' ?'}`;
    case 'cas':
      return `cas ${showValue(input.from)} → ${showValue(input.to)}${known ? (output === false ? ' refused' : '') : ' ?'}`;
    default:
      return input satisfies never;
  }
}
