import type { Decision, Refutation } from '../model.ts';
import { type Entry, precedes } from '../operation.ts';

/** What an operation does to a set, with elements as canonical texts. `other`: asks for one element. */
export interface SetView<I, O> {
  readonly entry: Entry<I, O>;
  readonly f: 'add' | 'remove' | 'read' | 'other';
  readonly element: string;
  /** What a known read of the whole set saw. */
  readonly elements: ReadonlySet<string> | null;
}

/** What was seen was added, and begun before it was seen; what was certainly added before, and never removed, was seen. */
export function refuteSet<I, O>(views: readonly SetView<I, O>[], tick: () => void): Refutation<I, O> | null {
  const adds = new Map<string, Entry<I, O>[]>();
  const removed = new Set<string>();
  for (const { entry, f, element } of views) {
    if (f === 'remove') removed.add(element);
    if (f !== 'add') continue;
    const others = adds.get(element);
    if (others === undefined) adds.set(element, [entry]);
    else others.push(entry);
  }
  // Elements that stay, by the earliest return of an add.
  const staying: { element: string; add: Entry<I, O> }[] = [];
  for (const [element, entries] of adds) {
    const [first] = entries.filter((entry) => entry.known).sort((a, b) => a.return - b.return);
    if (first !== undefined && !removed.has(element)) staying.push({ element, add: first });
  }
  staying.sort((a, b) => a.add.return - b.add.return);
  for (const { entry, elements } of views) {
    if (elements === null) continue;
    tick();
    for (const element of elements) {
      const from = adds.get(element);
      if (from === undefined) return { core: [entry], why: `The element ${element} was seen, and nobody added it` };
      if (from.every((add) => precedes(entry, add)))
        return { core: [entry], why: `The element ${element} was seen before anybody began to add it` };
    }
    for (const { element, add } of staying) {
      if (!precedes(add, entry)) break;
      if (!elements.has(element))
        return { core: [add, entry], why: `The element ${element} was added, never removed, and not seen afterwards` };
    }
  }
  return null;
}

/** Operations that may stand in any order among themselves, between others that come before and after. */
interface Block<I, O> {
  readonly entries: Entry<I, O>[];
}

/**
 * A set that only grows, each element added once, and reads of the whole: the reads' contents give the one possible order (each add
 * stands before the first read that shows it and after the last that does not), so only real time is left to compare. Does not
 * apply (null) when something is removed, asked for singly, or added twice. O(n log n) beside the sizes of the reads.
 */
export function decideGrowing<I, O>(views: readonly SetView<I, O>[], tick: () => void): Decision<I, O> {
  const adds = new Map<string, Entry<I, O>>();
  for (const { f, element, entry } of views) {
    if (f === 'remove' || f === 'other') return null;
    if (f !== 'add') continue;
    if (adds.has(element)) return null;
    adds.set(element, entry);
  }
  const reads = views
    .filter((view) => view.elements !== null)
    .sort((a, b) => (a.elements?.size ?? 0) - (b.elements?.size ?? 0));
  const blocks: Block<I, O>[] = [];
  const placed = new Set<string>();
  let previous: SetView<I, O> | null = null;
  for (const read of reads) {
    tick();
    const elements = read.elements ?? new Set();
    const missing = [...(previous?.elements ?? [])].find((element) => !elements.has(element));
    if (previous !== null && missing !== undefined) {
      const extra = [...elements].find((element) => previous?.elements?.has(element) === false);
      if (extra === undefined) return null;
      const core = [previous.entry, read.entry, adds.get(missing), adds.get(extra)]
        .flatMap((entry) => entry ?? [])
        .filter((entry) => entry.known);
      return {
        core,
        why: `One read saw ${missing} without ${extra}, another ${extra} without ${missing}, and nothing is ever removed`,
      };
    }
    if (previous === null || elements.size > placed.size) {
      const added: Entry<I, O>[] = [];
      for (const element of elements) {
        if (placed.has(element)) continue;
        const add = adds.get(element);
        if (add === undefined)
          return { core: [read.entry], why: `The element ${element} was seen, and nobody added it` };
        placed.add(element);
        added.push(add);
      }
      blocks.push({ entries: added }, { entries: [] });
    }
    blocks.at(-1)?.entries.push(read.entry);
    previous = read;
  }
  const unseen = [...adds].filter(([element, entry]) => entry.known && !placed.has(element)).map(([, entry]) => entry);
  blocks.push({ entries: unseen });
  return backward(blocks, views) ?? 'linearizable';
}

/** An operation that ends before one of an earlier block begins. */
function backward<I, O>(blocks: readonly Block<I, O>[], views: readonly SetView<I, O>[]): Refutation<I, O> | null {
  let latest: Entry<I, O> | null = null;
  for (const { entries } of blocks) {
    for (const entry of entries) {
      if (latest === null || !precedes(entry, latest)) continue;
      const reads = views.filter((view) => view.elements !== null).map((view) => view.entry);
      return {
        core: [...new Set([latest, entry, ...reads])].filter((each) => each.known),
        why: 'What the reads saw orders these operations against real time',
      };
    }
    for (const entry of entries) if (latest === null || entry.call > latest.call) latest = entry;
  }
  return null;
}
