import type { Source } from '../source.ts';
import {
  complement,
  digits,
  intersect,
  lowerLetters,
  memberAt,
  printableAscii,
  scalarValues,
  sizeOf,
  upperLetters,
} from './char-set.ts';
import { allSpaces, property } from './dialects.ts';
import { parseRegex } from './parse.ts';
import type { CharSet, RegexNode } from './syntax.ts';

/** Makes strings that are meant to match a pattern; lookarounds and boundaries cannot be built, so the caller tests each string. */
export interface PatternMaker {
  /** The fewest and most code points that a match needs. */
  readonly min: number;
  readonly max: number;
  /** A string of about `length` code points, exactly that where the pattern can be so long. */
  make(source: Source, length: number, wild: boolean): string;
}

interface Measured {
  readonly node: RegexNode;
  readonly min: number;
  readonly max: number;
  readonly parts: readonly Measured[];
  /** For a set: what plain and wild strings choose from. */
  readonly plain: readonly CharSet[];
  readonly wild: readonly CharSet[];
}

const longestFresh = 64;
const notSpaces = complement(allSpaces);
const anything: RegexNode = {
  kind: 'repeat',
  part: { kind: 'set', set: scalarValues },
  min: 0,
  max: Number.POSITIVE_INFINITY,
};

export function patternMaker(pattern: string): PatternMaker {
  const parsed = parseRegex(pattern);
  // JSON Schema never anchors a pattern: where it is open, anything may stand before and after.
  const open: RegexNode = {
    kind: 'sequence',
    parts: [startsAnchored(parsed) ? empty : anything, parsed, endsAnchored(parsed) ? empty : anything],
  };
  const root = measure(open);
  const repairs = lookaheads(root);
  return {
    min: root.min,
    max: root.max,
    make(source, length, wild) {
      const text = build(root, source, Math.min(Math.max(length, root.min), root.max), wild, new Map());
      return repairs.length === 0 ? text : repaired(text, repairs, source, wild);
    },
  };
}

const empty: RegexNode = { kind: 'sequence', parts: [] };

function startsAnchored(node: RegexNode): boolean {
  if (node.kind === 'start') return true;
  if (node.kind === 'sequence') {
    const first = node.parts.find((part) => part.kind !== 'look' && part.kind !== 'boundary');
    return first !== undefined && startsAnchored(first);
  }
  if (node.kind === 'group') return startsAnchored(node.part);
  // With `^a|b` only one side is anchored; treating all as anchored is still a match.
  return node.kind === 'choice' && node.options.some(startsAnchored);
}

function endsAnchored(node: RegexNode): boolean {
  if (node.kind === 'end') return true;
  if (node.kind === 'sequence') {
    const last = node.parts.findLast((part) => part.kind !== 'look' && part.kind !== 'boundary');
    return last !== undefined && endsAnchored(last);
  }
  if (node.kind === 'group') return endsAnchored(node.part);
  return node.kind === 'choice' && node.options.some(endsAnchored);
}

/** What the positive lookaheads ask for. */
function lookaheads(measured: Measured): readonly Measured[] {
  const { node, parts } = measured;
  if (node.kind !== 'look') return parts.flatMap(lookaheads);
  return node.ahead && !node.negative ? parts : [];
}

function measure(node: RegexNode): Measured {
  const parts = (
    node.kind === 'sequence' ? node.parts : node.kind === 'choice' ? node.options : 'part' in node ? [node.part] : []
  ).map(measure);
  const [min, max] = boundsOf(node, parts);
  const [plain, wild] = node.kind === 'set' ? pools(node.set) : [[], []];
  return { node, min, max, parts, plain, wild };
}

function boundsOf(node: RegexNode, parts: readonly Measured[]): readonly [number, number] {
  switch (node.kind) {
    case 'set':
      return [1, 1];
    case 'sequence':
      return [parts.reduce((sum, part) => sum + part.min, 0), parts.reduce((sum, part) => sum + part.max, 0)];
    case 'choice':
      return [Math.min(...parts.map((part) => part.min)), Math.max(...parts.map((part) => part.max))];
    case 'repeat': {
      const part = parts[0];
      const most = part === undefined || part.max === 0 || node.max === 0 ? 0 : part.max * node.max;
      return [(part?.min ?? 0) * node.min, most];
    }
    case 'group':
      return [parts[0]?.min ?? 0, parts[0]?.max ?? 0];
    case 'back':
    case 'start':
    case 'end':
    case 'boundary':
    case 'look':
      return [0, 0];
    default:
      return node satisfies never;
  }
}

/** What to choose characters from: simple ones first, so that the simplest choice is a letter or a digit. */
function pools(set: CharSet): readonly [readonly CharSet[], readonly CharSet[]] {
  const ascii = [lowerLetters, upperLetters, digits]
    .map((pool) => intersect(set, pool))
    .filter((pool) => sizeOf(pool) > 0);
  const printable = intersect(set, printableAscii);
  const all = intersect(set, scalarValues);
  const last = sizeOf(all) > 0 ? all : set;
  const plain = ascii.length > 0 ? ascii : [simpleOf(printable, all, last)];
  return [plain, [...plain, ...(sizeOf(printable) > 0 ? [printable] : []), last]];
}

/** Where there are no letters and digits of ASCII: its marks, letters of any script, and blanks only where there is nothing else. */
function simpleOf(printable: CharSet, all: CharSet, last: CharSet): CharSet {
  const visible = intersect(printable, notSpaces);
  if (sizeOf(visible) > 0) return visible;
  const others = intersect(all, notSpaces);
  if (sizeOf(others) === 0) return sizeOf(printable) > 0 ? printable : last;
  const letters = sizeOf(others) > 1 ? intersect(others, property('L', 'certain')) : others;
  return sizeOf(letters) > 0 ? letters : others;
}

type Captures = Map<number | string, string>;

function build(measured: Measured, source: Source, length: number, wild: boolean, captures: Captures): string {
  const { node, parts } = measured;
  switch (node.kind) {
    case 'set': {
      const pool = source.pick(wild ? measured.wild : measured.plain);
      return String.fromCodePoint(memberAt(pool, source.int(0, sizeOf(pool) - 1)));
    }
    case 'sequence': {
      let text = '';
      const lengths = share(parts, length, source);
      for (const [index, part] of parts.entries())
        text += build(part, source, lengths[index] ?? part.min, wild, captures);
      return text;
    }
    case 'choice': {
      const fitting = parts.filter((part) => part.min <= length && length <= part.max);
      const option = fitting.length > 0 ? source.pick(fitting) : nearest(parts, length);
      return option === undefined
        ? ''
        : build(option, source, Math.min(Math.max(length, option.min), option.max), wild, captures);
    }
    case 'repeat': {
      const [part] = parts;
      return part === undefined ? '' : repeat(part, node.min, node.max, source, length, wild, captures);
    }
    case 'group': {
      const [part] = parts;
      const text = part === undefined ? '' : build(part, source, length, wild, captures);
      captures.set(node.index, text);
      if (node.name !== null) captures.set(node.name, text);
      return text;
    }
    case 'back':
      return captures.get(node.to) ?? '';
    case 'start':
    case 'end':
    case 'boundary':
    case 'look':
      return '';
    default:
      return node satisfies never;
  }
}

function nearest(parts: readonly Measured[], length: number): Measured | undefined {
  const away = (part: Measured) => (length < part.min ? part.min - length : length - part.max);
  return [...parts].sort((a, b) => away(a) - away(b))[0];
}

function repeat(
  part: Measured,
  min: number,
  max: number,
  source: Source,
  length: number,
  wild: boolean,
  captures: Captures,
): string {
  if (part.node.kind === 'set' && length > longestFresh) {
    // A long run repeats a piece: making each character anew would take longer than sending it.
    const piece = Array.from({ length: longestFresh }, () => build(part, source, 1, wild, captures));
    return piece.join('').repeat(Math.floor(length / longestFresh)) + piece.slice(0, length % longestFresh).join('');
  }
  if (part.max === 0) return build(part, source, 0, wild, captures).repeat(Math.min(min, 1));
  const fewest = Math.max(min, Number.isFinite(part.max) ? Math.ceil(length / part.max) : length > 0 ? 1 : 0);
  const most = Math.min(max, part.min === 0 ? Math.max(length, min) : Math.floor(length / part.min));
  const count = Math.max(min, Math.min(max, source.int(Math.min(fewest, most), Math.max(fewest, most))));
  let text = '';
  let left = length;
  for (let index = 0; index < count; index++) {
    const others = count - index - 1;
    const least = Math.max(part.min, Number.isFinite(part.max) ? left - others * part.max : part.min);
    const largest = Math.min(part.max, left - others * part.min);
    const own = others === 0 ? left : source.int(Math.min(least, largest), Math.max(least, largest));
    const piece = Math.min(Math.max(own, part.min), part.max);
    text += build(part, source, piece, wild, captures);
    left -= piece;
  }
  return text;
}

/** Gives each part of a sequence its length, so that they sum up to the whole. */
function share(parts: readonly Measured[], length: number, source: Source): readonly number[] {
  const lengths = parts.map((part) => part.min);
  let left = length - lengths.reduce((sum, each) => sum + each, 0);
  const growing = parts.map((part, index) => ({ index, room: part.max - part.min })).filter(({ room }) => room > 0);
  for (const [position, { index, room }] of growing.entries()) {
    const roomAfter = growing.slice(position + 1).reduce((sum, other) => sum + other.room, 0);
    const own = source.int(Math.max(0, left - roomAfter), Math.min(room, left));
    lengths[index] = (lengths[index] ?? 0) + own;
    left -= own;
  }
  return lengths;
}

/** Writes what each lookahead asks for over random places: `^(?=.*[A-Z])(?=.*\d).{8,}$` then mostly holds. */
function repaired(text: string, looks: readonly Measured[], source: Source, wild: boolean): string {
  const characters = Array.from(text);
  for (const look of looks) {
    const piece = Array.from(build(look, source, look.min, wild, new Map()));
    if (piece.length > characters.length) continue;
    characters.splice(source.int(0, characters.length - piece.length), piece.length, ...piece);
  }
  return characters.join('');
}
