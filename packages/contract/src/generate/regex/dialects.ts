import {
  charSet,
  complement,
  digits,
  intersect,
  lowerLetters,
  sizeOf,
  unicodeProperty,
  union,
  upperLetters,
  wordCharacters,
} from './char-set.ts';
import type { CharSet } from './syntax.ts';
import { own } from '../../vocabulary/own.ts';

/**
 * The same class holds other characters in Java, Go, PCRE, Python, .NET and Rust than in ECMAScript, and others with each version of Unicode. A text is
 * made of what all of them take (`certain`), and for a negated class of what none of them takes (outside of `possible`).
 */
export type Side = 'certain' | 'possible';

/** Go has no vertical tab among them, and only ECMAScript has U+FEFF. */
const asciiSpaces = charSet([
  [9, 10],
  [12, 13],
  [32, 32],
]);
export const allSpaces = charSet([
  [9, 13],
  [0x1c, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]);

/** What `.` leaves out in one dialect or another. */
export const lineEnds = charSet([
  [10, 10],
  [13, 13],
  [0x85, 0x85],
  [0x2028, 0x2029],
]);

/** Blocks that are as they were in Unicode 5, or the part of them that is: what runs on an old runtime knows them. */
const longKnown = charSet([
  [0x1, 0x24f],
  [0x391, 0x3c9],
  [0x400, 0x481],
  [0x531, 0x556],
  [0x561, 0x587],
  [0x5d0, 0x5ea],
  [0x621, 0x652],
  [0x660, 0x669],
  [0x904, 0x939],
  [0x93e, 0x94d],
  [0x966, 0x96f],
  [0xe01, 0xe3a],
  [0xe3f, 0xe5b],
  [0x10d0, 0x10f0],
  [0x1100, 0x1112],
  [0x1161, 0x1175],
  [0x11a8, 0x11c2],
  [0x1e00, 0x1e99],
  [0x1ea0, 0x1ef9],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x20a0, 0x20ac],
  [0x2150, 0x215f],
  [0x2160, 0x2182],
  [0x2190, 0x22ff],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x4e00, 0x9fa5],
  [0xac00, 0xd7a3],
  [0xff01, 0xff5e],
  [0x1d400, 0x1d454],
]);

/** POSIX classes: of ASCII in Java, of all of Unicode in ECMAScript. */
const ofAscii: Readonly<Record<string, CharSet>> = {
  Alpha: union(lowerLetters, upperLetters),
  Lower: lowerLetters,
  Upper: upperLetters,
  digit: digits,
  punct: charSet([
    [0x21, 0x23],
    [0x25, 0x2a],
    [0x2c, 0x2f],
    [0x3a, 0x3b],
    [0x3f, 0x40],
    [0x5b, 0x5d],
    [0x5f, 0x5f],
    [0x7b, 0x7b],
    [0x7d, 0x7d],
  ]),
};

/** What `\d`, `\s`, `\w` and their opposites stand for; undefined for another letter. */
export function shorthand(letter: string, side: Side): CharSet | undefined {
  switch (letter) {
    case 'd':
      return side === 'certain' ? digits : union(digits, unicodeProperty('Nd'));
    case 'w':
      return side === 'certain' ? wordCharacters : wordsOfAnyScript();
    case 's':
      return side === 'certain' ? asciiSpaces : allSpaces;
    case 'D':
    case 'W':
    case 'S':
      return complement(shorthand(letter.toLowerCase(), opposite[side]) ?? []);
    default:
      return undefined;
  }
}

/** Ideographs and variation selectors stand beyond what properties are asked for. */
const beyond = charSet([
  [0x20000, 0x3ffff],
  [0xe0100, 0xe01ef],
]);

function wordsOfAnyScript(): CharSet {
  return ['L', 'M', 'N', 'Pc'].map((name) => unicodeProperty(name)).reduce(union, union(wordCharacters, beyond));
}

/** What `\p{name}` stands for. A script that is young in Unicode is taken as it is. */
export function property(name: string, side: Side): CharSet {
  const all = unicodeProperty(name);
  const certain = own(ofAscii, name) ?? intersect(all, longKnown);
  return side === 'possible' || sizeOf(certain) === 0 ? all : certain;
}

export const opposite: Readonly<Record<Side, Side>> = { certain: 'possible', possible: 'certain' };
