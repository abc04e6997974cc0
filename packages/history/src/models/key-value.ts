import type { Effect, Model, Specialized } from '../model.ts';
import type { Entry } from '../operation.ts';
import { type CellView, refuteCell } from '../patterns/cell.ts';
import { cellSightings, mergeUnseen, separateValues, withoutIdle } from '../patterns/separate.ts';
import { decideByZones } from '../patterns/zones.ts';
import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import {
  cellView,
  type CasRegisterInput,
  describeRegister,
  mayLeave,
  registerEffect,
  stepRegister,
} from './register-input.ts';
import { normal, refuteGrowing, specializeTexts, textOf } from './texts.ts';

export type KeyValueInput = { readonly key: string } & (
  | { readonly f: 'get' }
  | { readonly f: 'put'; readonly value: Value }
  | { readonly f: 'append'; readonly value: string }
  | { readonly f: 'delete' }
  | { readonly f: 'cas'; readonly from: Value; readonly to: Value }
);
export type KeyValueOutput = Value;
type KeyValueEntry = Entry<KeyValueInput, KeyValueOutput>;

/**
 * A store of keys. What is not there is null; so is the empty text, because stores of texts do not tell the two apart. Append puts a
 * text behind the one that is there.
 */
export const keyValue: Model<Value, KeyValueInput, KeyValueOutput> = {
  name: 'key-value',
  initial: () => null,
  step: (state, input, output) => {
    if (input.f === 'append') return [normal(`${textOf(state)}${input.value}`)];
    return stepRegister(state, asRegister(input), output === undefined ? undefined : normal(output));
  },
  key: keyOf,
  partition: (history) => history.map((operation) => operation.input.key),
  effect,
  refute: (entries, tick) =>
    refuteCell(entries.map(viewOf), keyOf(null)) ?? refuteUnfounded(entries, tick) ?? refuteGrowing(entries, tick),
  decide: (entries, tick) => decideByZones(separateValues(entries.map(viewOf), keyOf(null), tick), keyOf(null)),
  specialize: (entries, tick) => {
    return entries.some((entry) => entry.input.f === 'append')
      ? specializeTexts(keyValue, entries, tick)
      : specializeValues(entries, tick);
  },
  hopeless: (state, { input, output }, candidates) => {
    if (input.f !== 'get') return false;
    const wanted = normal(output ?? null);
    return !sameValue(state, wanted) && !candidates.some((entry) => leadsTo(state, wanted, entry.input));
  },
  describe: (input, output, known) => {
    if (input.f === 'append') return `append ${showValue(input.value)} to ${input.key}${known ? '' : ' ?'}`;
    return `${input.key}: ${describeRegister(asRegister(input), output, known)}`;
  },
  describeState: (state) => showValue(state),
};

function effect(input: KeyValueInput, output: KeyValueOutput | undefined): Effect {
  return input.f === 'append' ? 'blind' : registerEffect(asRegister(input), output);
}

function asRegister(input: Exclude<KeyValueInput, { readonly f: 'append' }>): CasRegisterInput {
  switch (input.f) {
    case 'get':
      return { f: 'read' };
    case 'put':
      return { f: 'write', value: normal(input.value) };
    case 'delete':
      return { f: 'write', value: null };
    case 'cas':
      return { f: 'cas', from: normal(input.from), to: normal(input.to) };
    default:
      return input satisfies never;
  }
}

function viewOf(entry: KeyValueEntry): CellView<KeyValueInput, KeyValueOutput> {
  const { input, output } = entry;
  if (input.f === 'append') return { entry, saw: null, left: null, opaque: true, compared: null };
  const view = cellView({
    ...entry,
    operation: { ...entry.operation, input: asRegister(input) },
    input: asRegister(input),
    output: output === undefined ? output : normal(output),
  });
  return { ...view, entry };
}

/** A first step from the state towards the wanted value: a write of it, of a beginning of it, or the text that comes next in it. */
function leadsTo(state: Value, wanted: Value, input: KeyValueInput): boolean {
  if (input.f !== 'append') {
    const register = asRegister(input);
    if (mayLeave(register, wanted)) return true;
    const written = register.f === 'write' ? register.value : register.f === 'cas' ? register.to : null;
    return register.f !== 'read' && typeof wanted === 'string' && wanted.startsWith(textOf(written));
  }
  return typeof wanted === 'string' && wanted.startsWith(textOf(state) + input.value);
}

/** With appends: what was seen must begin with some value written (or nothing), and end with one. */
function refuteUnfounded(
  entries: readonly KeyValueEntry[],
  tick: () => void,
): { core: readonly KeyValueEntry[]; why: string } | null {
  const pieces = new Set<string>();
  const lengths = new Set<number>();
  for (const { input } of entries) {
    const piece =
      input.f === 'append'
        ? input.value
        : input.f === 'put'
          ? textOf(normal(input.value))
          : input.f === 'cas'
            ? textOf(normal(input.to))
            : null;
    if (piece === null) continue;
    pieces.add(piece);
    lengths.add(piece.length);
  }
  for (const entry of entries) {
    const { input, output, known } = entry;
    if (input.f !== 'get' || !known || typeof output !== 'string' || output === '') continue;
    tick();
    if (pieces.has('') || [...lengths].some((length) => pieces.has(output.slice(-length)))) continue;
    return { core: [entry], why: `The value ${showValue(output)} was seen, and nobody wrote or appended its end` };
  }
  return null;
}

/** Without appends it is a register: values are renamed as there. */
function specializeValues(
  entries: readonly KeyValueEntry[],
  tick: () => void,
): Specialized<Value, KeyValueInput, KeyValueOutput> {
  const start = keyOf(null);
  const views = withoutIdle(mergeUnseen(separateValues(entries.map(viewOf), start, tick), start), start);
  const sightings = cellSightings(views, start);
  return {
    model: { ...keyValue, initial: () => start, key: String },
    entries: views.map(renamed),
    sightings: { ...sightings, of: (state) => sightings.of(String(state)) },
  };
}

function renamed({ entry, saw, left, compared }: CellView<KeyValueInput, KeyValueOutput>): KeyValueEntry {
  const { input } = entry;
  const { key } = input;
  if (input.f === 'get') return { ...entry, output: saw ?? undefined };
  if (input.f === 'cas')
    return { ...entry, input: { f: 'cas', key, from: saw ?? compared, to: left ?? keyOf(input.to) } };
  return { ...entry, input: { f: 'put', key, value: left } };
}
