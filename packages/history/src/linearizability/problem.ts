import { effectOf, type Model, type Sightings, type Specialized } from '../model.ts';
import type { Entry } from '../operation.ts';
import { canonical } from '../value.ts';

/** Unknown operations that do the same; whichever was called first is used first. */
export interface UnknownClass {
  readonly label: number;
  /** In the order of their calls. */
  readonly members: readonly number[];
  /** Each use of a member sets the next bit from here. */
  readonly firstBit: number;
}

/** The operations of one partition as the search wants them: numbered, in the order of events, with equal ones known to be equal. */
export interface Problem<S, I, O> {
  readonly model: Model<S, I, O>;
  readonly entries: readonly Entry<I, O>[];
  /** Operations with the same label have the same step. */
  readonly label: Int32Array;
  readonly labels: number;
  /** 1 for those that only observe. */
  readonly observes: Uint8Array;
  readonly known: number;
  /** Event positions; calls stand before returns of the same time. An unknown operation's return is `events`. */
  readonly callAt: Int32Array;
  readonly returnAt: Int32Array;
  readonly events: number;
  /** The entry of each event. */
  readonly entryAt: Int32Array;
  /** Known operations that overlap have different slots. */
  readonly slot: Int32Array;
  readonly slots: number;
  readonly unknown: readonly UnknownClass[];
  readonly unknownBits: number;
  readonly sightings: Sightings<S> | null;
  /** The names of sightings, numbered. */
  readonly names: ReadonlyMap<string, number>;
  /** What each entry has to see, and what it shows if it may be hidden; -1 for none. */
  readonly sees: Int32Array;
  readonly hides: Int32Array;
  readonly overwrites: Uint8Array;
  /** For names shown in one stretch only: the first return and the last call of whoever shows or sees it. Others have -1 and infinity. */
  readonly firstReturn: Float64Array;
  readonly lastCall: Float64Array;
}

export function problemOf<S, I, O>({ model, entries, sightings }: Specialized<S, I, O>): Problem<S, I, O> {
  const { label, labels } = labelsOf(model, entries);
  const order = eventsOf(entries);
  return {
    model,
    entries,
    label,
    labels,
    observes: Uint8Array.from(entries, (entry) => (effectOf(model, entry) === 'none' ? 1 : 0)),
    known: entries.filter((entry) => entry.known).length,
    ...order,
    ...slotsOf(entries, order),
    ...unknownClassesOf(entries, label, order.callAt),
    ...sightingsOf(entries, sightings ?? null, order),
  };
}

type Seen = 'sightings' | 'names' | 'sees' | 'hides' | 'overwrites' | 'firstReturn' | 'lastCall';

function sightingsOf<S>(
  entries: readonly Entry[],
  sightings: Sightings<S> | null,
  order: Events,
): Pick<Problem<S, unknown, unknown>, Seen> {
  const names = new Map<string, number>();
  const number = (name: string | undefined): number => {
    if (name === undefined) return -1;
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const sees = Int32Array.from(entries, (entry) => (entry.known ? number(sightings?.seenBy.get(entry.index)) : -1));
  const hides = Int32Array.from(entries, (entry) => (entry.known ? number(sightings?.hidden.get(entry.index)) : -1));
  const overwrites = Uint8Array.from(entries, (entry) => (sightings?.overwrites.has(entry.index) === true ? 1 : 0));
  const firstReturn = new Float64Array(names.size).fill(Number.POSITIVE_INFINITY);
  const lastCall = new Float64Array(names.size).fill(-1);
  const once = new Set([...(sightings?.once ?? [])].map((name) => names.get(name)));
  for (const shown of [sees, hides]) {
    for (const [i, name] of shown.entries()) {
      if (!once.has(name)) continue;
      firstReturn[name] = Math.min(firstReturn[name] ?? 0, order.returnAt[i] ?? 0);
      lastCall[name] = Math.max(lastCall[name] ?? 0, order.callAt[i] ?? 0);
    }
  }
  return { sightings, names, sees, hides, overwrites, firstReturn, lastCall };
}

function labelsOf<S, I, O>(
  model: Model<S, I, O>,
  entries: readonly Entry<I, O>[],
): { label: Int32Array; labels: number } {
  const numbers = new Map<string, number>();
  const label = Int32Array.from(entries, (entry, i) => {
    const kind = effectOf(model, entry) === 'blind' ? 'b' : entry.known ? 'k' : 'u';
    const input = canonical(entry.input);
    const output = kind === 'k' ? canonical(entry.output) : '';
    const name = input === null || output === null ? `#${i}` : `${kind}${input} ${output}`;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { label, labels: numbers.size };
}

type Events = Pick<Problem<unknown, unknown, unknown>, 'callAt' | 'returnAt' | 'events' | 'entryAt'>;

function eventsOf(entries: readonly Entry[]): Events {
  const count = entries.length;
  const times = Float64Array.from({ length: 2 * count }, (_, i) => entryTime(entries, i));
  const order: number[] = [];
  for (let i = 0; i < 2 * count; i++) if (times[i] !== Number.POSITIVE_INFINITY) order.push(i);
  // Events below `count` are calls, the others returns, so ties between the two go to the calls.
  order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const callAt = new Int32Array(count);
  const returnAt = new Int32Array(count).fill(order.length);
  const entryAt = new Int32Array(order.length);
  for (const [position, event] of order.entries()) {
    entryAt[position] = event % count;
    (event < count ? callAt : returnAt)[event % count] = position;
  }
  return { callAt, returnAt, events: order.length, entryAt };
}

function entryTime(entries: readonly Entry[], event: number): number {
  const entry = entries[event % entries.length];
  return (event < entries.length ? entry?.call : entry?.return) ?? Number.POSITIVE_INFINITY;
}

function slotsOf(entries: readonly Entry[], order: Events): { slot: Int32Array; slots: number } {
  const slot = new Int32Array(entries.length);
  const free: number[] = [];
  let slots = 0;
  for (let at = 0; at < order.events; at++) {
    const i = order.entryAt[at] ?? 0;
    if (entries[i]?.known !== true) continue;
    if (order.callAt[i] === at) slot[i] = free.pop() ?? slots++;
    else free.push(slot[i] ?? 0);
  }
  return { slot, slots };
}

function unknownClassesOf(
  entries: readonly Entry[],
  label: Int32Array,
  callAt: Int32Array,
): { unknown: readonly UnknownClass[]; unknownBits: number } {
  const byLabel = new Map<number, number[]>();
  for (const [i, entry] of entries.entries()) {
    if (entry.known) continue;
    const members = byLabel.get(label[i] ?? 0);
    if (members === undefined) byLabel.set(label[i] ?? 0, [i]);
    else members.push(i);
  }
  const unknown: UnknownClass[] = [];
  let unknownBits = 0;
  for (const [each, members] of byLabel) {
    members.sort((a, b) => (callAt[a] ?? 0) - (callAt[b] ?? 0));
    unknown.push({ label: each, members, firstBit: unknownBits });
    unknownBits += members.length;
  }
  return { unknown, unknownBits };
}
