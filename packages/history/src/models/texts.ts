import type { Model, Refutation, Specialized } from '../model.ts';
import { type Entry, precedes } from '../operation.ts';
import { countWhile } from '../patterns/bisect.ts';
import { keyOf, type Value } from '../value.ts';
import { type Derivation, derive, type Piece } from './derivation.ts';
import type { KeyValueInput, KeyValueOutput } from './key-value.ts';
import { tokenBeside } from './register-input.ts';

type KeyValueEntry = Entry<KeyValueInput, KeyValueOutput>;

/** Stores of texts do not tell the empty text from nothing. */
export function normal(value: Value): Value {
  return value === '' ? null : value;
}

export function textOf(value: Value): string {
  return value === null ? '' : typeof value === 'string' ? value : keyOf(value);
}

/**
 * A key that texts are appended to. Values that can never again become one that is seen are made one: a text that is not the beginning
 * of any seen text stays so whatever is appended. And where the seen texts can have come about in one way only, each append in
 * them has its one place, and each text its one stretch of time.
 */
export function specializeTexts(
  model: Model<Value, KeyValueInput, KeyValueOutput>,
  entries: readonly KeyValueEntry[],
  tick: () => void,
): Specialized<Value, KeyValueInput, KeyValueOutput> {
  const { seen, texts } = seenIn(entries);
  const token = tokenBeside(seen);
  const longest = longestOnly(texts);
  const derivation = derive(entries.flatMap(pieceOf), longest, startsOnce(entries), tick);
  const merged = (value: Value): Value => {
    if (value === token || seen.has(keyOf(value)) || beginsOne(texts, textOf(value))) return value;
    return token;
  };
  const step: typeof model.step = (state, input, output, tick) => {
    if (input.f !== 'append') return model.step(state, input, output, tick).map(merged);
    const place = derivation.after.get(input.value);
    if (state === token) return place === undefined ? [token] : [];
    const next = model.step(state, input, output, tick).map(merged);
    return place === undefined ? next : next.filter((value) => value === place);
  };
  const seenBy = new Map<number, string>();
  for (const { index, input, output, known } of entries) {
    const text =
      input.f === 'get' ? textOf(output ?? null) : input.f === 'append' ? derivation.after.get(input.value) : undefined;
    const epoch = text === undefined ? undefined : derivation.epoch.get(text);
    if (known && epoch !== undefined) seenBy.set(index, epoch);
  }
  const relabelled = entries.map((entry): KeyValueEntry => {
    tick();
    const { input } = entry;
    if (input.f === 'put') return { ...entry, input: { ...input, value: merged(normal(input.value)) } };
    // An append that is in no seen text always ends in the merged value.
    if (input.f === 'append' && input.value !== '' && !longest.some((text) => text.includes(input.value)))
      return { ...entry, input: { ...input, value: token } };
    return entry;
  });
  const of = (state: Value): string | null => (state === token ? null : (derivation.epoch.get(textOf(state)) ?? null));
  const once = new Set(derivation.epoch.values());
  return {
    model: { ...model, step },
    entries: relabelled,
    sightings: { of, seenBy, once, ...overwritable(relabelled, token, derivation) },
  };
}

/** Puts overwrite everything; what goes unseen, or is seen by nobody any more, may hide before them. Not where somebody compares. */
function overwritable(
  entries: readonly KeyValueEntry[],
  token: string,
  derivation: Derivation,
): { hidden: Map<number, string>; overwrites: Set<number> } {
  const hidden = new Map<number, string>();
  const overwrites = new Set<number>();
  if (entries.some((entry) => entry.input.f === 'cas')) return { hidden, overwrites };
  for (const { index, input, known } of entries) {
    if (input.f === 'put' || input.f === 'delete') overwrites.add(index);
    if (!known || (input.f !== 'put' && input.f !== 'append')) continue;
    if (input.value === token) hidden.set(index, token);
    else if (input.f === 'put') {
      const epoch = derivation.epoch.get(textOf(input.value));
      if (epoch !== undefined) hidden.set(index, epoch);
    }
  }
  return { hidden, overwrites };
}

/** Two gets of which neither text begins the other, or the earlier the longer: impossible where texts only grow. */
export function refuteGrowing(
  entries: readonly KeyValueEntry[],
  tick: () => void,
): Refutation<KeyValueInput, KeyValueOutput> | null {
  if (entries.some((entry) => entry.input.f !== 'get' && entry.input.f !== 'append')) return null;
  const gets = entries.filter((entry) => entry.input.f === 'get' && entry.known);
  const byLength = gets.toSorted((a, b) => textOf(a.output ?? null).length - textOf(b.output ?? null).length);
  let latest: KeyValueEntry | null = null;
  let shorter: KeyValueEntry | null = null;
  for (const entry of byLength) {
    tick();
    const text = textOf(entry.output ?? null);
    if (shorter !== null && !text.startsWith(textOf(shorter.output ?? null))) {
      return {
        core: [shorter, entry],
        why: 'Two values were seen of which neither is the beginning of the other, and nothing was ever overwritten',
      };
    }
    if (latest !== null && precedes(entry, latest) && textOf(latest.output ?? null) !== text) {
      return {
        core: [entry, latest],
        why: 'A value was seen to be longer before it was seen to be shorter, and nothing was ever overwritten',
      };
    }
    if (latest === null || entry.call > latest.call) latest = entry;
    shorter = entry;
  }
  const last = shorter === null ? '' : textOf(shorter.output ?? null);
  return refuteMissing(entries, gets, last);
}

/** An append that was acknowledged before a get began, and whose text is nowhere in what the get saw. */
function refuteMissing(
  entries: readonly KeyValueEntry[],
  gets: readonly KeyValueEntry[],
  longest: string,
): Refutation<KeyValueInput, KeyValueOutput> | null {
  const lateGet = gets.reduce<KeyValueEntry | null>(
    (late, get) => (late === null || get.call > late.call ? get : late),
    null,
  );
  for (const entry of entries) {
    const { input } = entry;
    if (
      input.f !== 'append' ||
      !entry.known ||
      lateGet === null ||
      !precedes(entry, lateGet) ||
      longest.includes(input.value)
    )
      continue;
    return { core: [entry, lateGet], why: `${JSON.stringify(input.value)} was appended, and never seen afterwards` };
  }
  return null;
}

function seenIn(entries: readonly KeyValueEntry[]): { seen: ReadonlySet<string>; texts: readonly string[] } {
  const seen = new Set([keyOf(null)]);
  const texts = new Set<string>();
  for (const { input, output, known } of entries) {
    if (input.f !== 'cas' && (input.f !== 'get' || !known)) continue;
    const value = normal(input.f === 'cas' ? input.from : (output ?? null));
    seen.add(keyOf(value));
    texts.add(textOf(value));
  }
  return { seen, texts: [...texts].sort() };
}

/** Nothing is ever made empty again, so the time before the first put is one stretch. */
function startsOnce(entries: readonly KeyValueEntry[]): boolean {
  return !entries.some(({ input }) => input.f === 'delete' || (input.f === 'put' && normal(input.value) === null));
}

function pieceOf(entry: KeyValueEntry): readonly Piece[] {
  const { input, index } = entry;
  if (input.f === 'append') return [{ kind: 'append', text: input.value, index }];
  if (input.f === 'put') return [{ kind: 'put', text: textOf(normal(input.value)), index }];
  return input.f === 'cas' ? [{ kind: 'cas', text: textOf(normal(input.to)), index }] : [];
}

/** Sorted texts without those that are the beginning of the next. */
function longestOnly(sorted: readonly string[]): readonly string[] {
  return sorted.filter((text, i) => sorted[i + 1]?.startsWith(text) !== true);
}

function beginsOne(sorted: readonly string[], text: string): boolean {
  return sorted[countWhile(sorted.length, (i) => (sorted[i] ?? '') < text)]?.startsWith(text) === true;
}
