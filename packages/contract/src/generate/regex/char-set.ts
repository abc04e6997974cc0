import type { CharSet } from './syntax.ts';

const lastCodePoint = 0x10ffff;
type Range = readonly [number, number];

export function charSet(ranges: Iterable<Range>): CharSet {
  const sorted = [...ranges].filter(([first, last]) => first <= last).sort((a, b) => a[0] - b[0]);
  const out: [number, number][] = [];
  for (const [first, last] of sorted) {
    const before = out.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else out.push([first, last]);
  }
  return out;
}

export function complement(set: CharSet): CharSet {
  const out: Range[] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) out.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCodePoint) out.push([next, lastCodePoint]);
  return out;
}

export function intersect(a: CharSet, b: CharSet): CharSet {
  const out: Range[] = [];
  for (const [first, last] of a) {
    for (const [otherFirst, otherLast] of b) {
      const range: Range = [Math.max(first, otherFirst), Math.min(last, otherLast)];
      if (range[0] <= range[1]) out.push(range);
    }
  }
  return charSet(out);
}

export function union(a: CharSet, b: CharSet): CharSet {
  return charSet([...a, ...b]);
}

export function sizeOf(set: CharSet): number {
  return set.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The code point at a position within the set, counted from its smallest. */
export function memberAt(set: CharSet, position: number): number {
  let left = position;
  for (const [first, last] of set) {
    const size = last - first + 1;
    if (left < size) return first + left;
    left -= size;
  }
  return set[0]?.[0] ?? 0x61;
}

const code = (character: string) => character.codePointAt(0) ?? 0;
const range = (first: string, last: string): Range => [code(first), code(last)];

export const digits = charSet([range('0', '9')]);
export const wordCharacters = charSet([range('0', '9'), range('A', 'Z'), range('a', 'z'), range('_', '_')]);
export const lowerLetters = charSet([range('a', 'z')]);
export const upperLetters = charSet([range('A', 'Z')]);
export const printableAscii = charSet([[32, 126]]);
/** What JSON text and PostgreSQL can hold: no surrogates, no NUL. */
export const scalarValues = charSet([
  [1, 0xd7ff],
  [0xe000, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0x1fffd],
  [0x20000, 0x2fffd],
  [0xe0100, 0xe01ef],
  [0xf0000, 0xf0fff],
]);

const properties = new Map<string, CharSet>();

/** The code points of the basic plane and the first beyond that have a Unicode property: `L`, `Script=Greek` … Found by asking the engine, once. */
export function unicodeProperty(name: string): CharSet {
  let set = properties.get(name);
  if (set === undefined) {
    const expression = new RegExp(`^\\p{${name}}$`, 'u');
    const found: Range[] = [];
    for (let point = 1; point <= 0x1ffff; point++) {
      if (point === 0xd800) point = 0xe000;
      if (expression.test(String.fromCodePoint(point))) found.push([point, point]);
    }
    set = charSet(found);
    properties.set(name, set);
  }
  return set;
}
