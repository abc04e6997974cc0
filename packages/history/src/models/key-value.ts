import type { Effect, Model, Specialized } from '../model.ts';
import type { Entry } from '../operation.ts';
import { type CellView, refuteCell } from '../patterns/cell.ts';
import { decideByZones } from '../patterns/zones.ts';
import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import { cellView, describeRegister, mayLeave, registerEffect, stepRegister, tokenBeside, type CasRegisterInput } from './register-input.ts';

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
  partition: () => (input) => input.key,
  effect,
  refute: (entries) => refuteCell(entries.map(viewOf), keyOf(null)) ?? refuteUnfounded(entries),
  decide: (entries) => decideByZones(entries.map(viewOf), keyOf(null)),
  specialize,
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

function normal(value: Value): Value {
  return value === '' ? null : value;
}

function textOf(value: Value): string {
  return value === null ? '' : typeof value === 'string' ? value : keyOf(value);
}

function viewOf(entry: KeyValueEntry): CellView<KeyValueInput, KeyValueOutput> {
  const { input, output } = entry;
  if (input.f === 'append') return { entry, saw: null, left: null, opaque: true };
  const view = cellView({ ...entry, operation: { ...entry.operation, input: asRegister(input) }, input: asRegister(input), output: output === undefined ? output : normal(output) });
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
function refuteUnfounded(entries: readonly KeyValueEntry[]): { core: readonly KeyValueEntry[]; why: string } | null {
  const pieces = new Set<string>();
  const lengths = new Set<number>();
  for (const { input } of entries) {
    const piece = input.f === 'append' ? input.value : input.f === 'put' ? textOf(normal(input.value)) : input.f === 'cas' ? textOf(normal(input.to)) : null;
    if (piece === null) continue;
    pieces.add(piece);
    lengths.add(piece.length);
  }
  for (const entry of entries) {
    const { input, output, known } = entry;
    if (input.f !== 'get' || !known || typeof output !== 'string' || output === '') continue;
    if (pieces.has('') || [...lengths].some((length) => pieces.has(output.slice(-length)))) continue;
    return { core: [entry], why: `The value ${showValue(output)} was seen, and nobody wrote or appended its end` };
  }
  return null;
}

/**
 * Makes one of all the values that can never again become one that is seen: a text that is not the beginning of any seen text stays so
 * whatever is appended.
 */
function specialize(entries: readonly KeyValueEntry[]): Specialized<Value, KeyValueInput, KeyValueOutput> {
  const seen = new Set([keyOf(null)]);
  const texts: string[] = [];
  const see = (value: Value): void => {
    seen.add(keyOf(normal(value)));
    texts.push(textOf(value));
  };
  for (const { input, output } of entries) {
    if (input.f === 'get') see(output ?? null);
    else if (input.f === 'cas') see(input.from);
  }
  texts.sort();
  const appends = entries.some((entry) => entry.input.f === 'append');
  const token = tokenBeside(seen);
  const merged = (value: Value): Value => {
    if (value === token || seen.has(keyOf(value))) return value;
    return appends && beginsOne(texts, textOf(value)) ? value : token;
  };
  const step: typeof keyValue.step = (state, input, output, tick) => {
    if (state === token && input.f === 'append') return [token];
    return keyValue.step(state, input, output, tick).map(merged);
  };
  const relabelled = entries.map((entry): KeyValueEntry => {
    const { input } = entry;
    return input.f === 'put' ? { ...entry, input: { ...input, value: merged(normal(input.value)) } } : entry;
  });
  return { model: { ...keyValue, step }, entries: relabelled };
}

function beginsOne(sorted: readonly string[], text: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(text) === true;
}
