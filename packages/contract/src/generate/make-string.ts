import { codePointLength } from '../validate/code-points.ts';
import { holdsFormat, isPlainly, isUuidFormat } from '../validate/formats.ts';
import { compilePattern } from '../validate/pattern.ts';
import type { Alphabet } from './alphabet.ts';
import { CannotMake } from './cannot-make.ts';
import type { Facet } from './facet.ts';
import { isKnownFormat } from './known-format.ts';
import { mostByPattern, mostCharacters } from './limits.ts';
import { formatMakers, shortest } from './make-format.ts';
import { plainText, tellingText, wildText } from './make-text.ts';
import type { Making } from './node.ts';
import { patternMaker } from './regex/generate.ts';
import type { PatternMaker } from './regex/generate.ts';
import { UnknownSyntax } from './regex/syntax.ts';
import { seededSource } from './source.ts';

/** The longest string that is made where the schema sets no bound. */
const longest = 300;
const mostTries = 60;
/** For how many of them only what every reader takes will do. */
const plainTries = 45;

/** Makes strings that hold a facet's bounds, patterns and formats. Null when none can. */
export function stringMaker(facet: Facet): ((making: Making) => string) | null {
  if (facet.minLength > facet.maxLength || facet.minLength > mostCharacters) return null;
  const patterns = facet.patterns.map(compilePattern).filter((pattern) => pattern !== null);
  const fits = (text: string, alphabet: Alphabet, plainly: boolean): boolean => {
    const length = codePointLength(text);
    if (length < facet.minLength || length > facet.maxLength) return false;
    return (
      patterns.every((pattern) => pattern.test(text) === true) &&
      facet.formats.every((format) => holdsFormat(format, text) && (!plainly || isPlainly(format, text))) &&
      alphabet.fits(text)
    );
  };
  const examples = facet.examples.filter((example) => typeof example === 'string');
  const pattern = facet.patterns.map(tryPattern).find((maker) => maker !== null) ?? null;
  if (pattern !== null && pattern.min > mostByPattern) return null;
  const once = chooseMaker(facet, pattern);
  const isForeign = facet.formats.some((format) => !isKnownFormat(format));
  return (making) => {
    // Where a pattern asks for a shape, an example tells what a server really takes: EUR rather than QXZ. Of a format that nobody knows, nothing else does.
    const percent = making.wild ? 10 : isForeign ? 90 : facet.patterns.length > 0 ? 50 : 10;
    if (examples.length > 0 && making.source.chance(percent)) {
      const example = making.source.pick(examples);
      if (fits(example, making.alphabet, false)) return example;
    }
    for (let attempt = 0; attempt < mostTries; attempt++) {
      // A source that always chooses the same would make the same again.
      const text = once(making.steady && attempt > 0 ? { ...making, source: seededSource(attempt) } : making, attempt);
      const plainly = attempt < plainTries;
      // What trims its input finds nothing in blanks, and has a right to say so.
      if (plainly && !making.wild && text !== '' && text.trim() === '') continue;
      if (fits(text, making.alphabet, plainly)) return text;
    }
    const short = facet.formats.flatMap((format) => (Object.hasOwn(shortest, format) ? (shortest[format] ?? []) : []));
    const known = [...examples, ...short].find((text) => fits(text, making.alphabet, false));
    if (known !== undefined) return known;
    throw new CannotMake('a string');
  };
}

type Attempt = (making: Making, attempt: number) => string;

function chooseMaker(facet: Facet, pattern: PatternMaker | null): Attempt {
  const format = facet.formats
    .map((name) => (Object.hasOwn(formatMakers, name) ? formatMakers[name] : undefined))
    .find((maker) => maker !== undefined);
  if (
    format !== undefined &&
    (pattern === null || facet.formats.some((name) => name.startsWith('date') || isUuidFormat(name)))
  ) {
    return ({ source, wild }, attempt) => format(source, wild && attempt < 20);
  }
  // What a format's maker gives reads as such things do, and often has the pattern's shape as well.
  if (pattern !== null && format !== undefined)
    return (making, attempt) =>
      attempt % 2 === 0 ? format(making.source, making.wild) : patterned(pattern, facet, making, attempt);
  if (pattern !== null) return (making, attempt) => patterned(pattern, facet, making, attempt);
  return (making, attempt) => free(facet, making, attempt);
}

function tryPattern(pattern: string): PatternMaker | null {
  try {
    return patternMaker(pattern);
  } catch (error) {
    // What the parser does not know is tried with free text, and mostly ends as unsupported.
    if (error instanceof UnknownSyntax || error instanceof SyntaxError) return null;
    throw error;
  }
}

function patterned(pattern: PatternMaker, facet: Facet, making: Making, attempt: number): string {
  const { source, wild, alphabet } = making;
  const min = Math.max(pattern.min, facet.minLength, alphabet.nonEmpty ? 1 : 0);
  // An open pattern is not stretched far: three hundred digits say little that forty do not.
  const room = Math.min(pattern.max, Number.isFinite(facet.maxLength) ? facet.maxLength : min + 40);
  const max = Math.max(min, Math.min(room, min + (wild ? 40 : 12)));
  // A pattern that only keeps blanks away lets ordinary words through; they read better than letters at random.
  if (!wild && attempt === 0) return plainText(source, min, room);
  const edge = wild && attempt < 10 ? source.int(0, 9) : 5;
  const length = edge === 0 ? min : edge === 1 && goesToTheEnd(room, making) ? room : source.int(min, max);
  return pattern.make(source, length, wild && attempt < 30 && !alphabet.ascii);
}

/** Whether to make a string as long as it may be; the longer that is, the more seldom. */
function goesToTheEnd(most: number, { source, alphabet }: Making): boolean {
  return most <= alphabet.longest && (most <= longest || source.chance(20));
}

function free(facet: Facet, making: Making, attempt: number): string {
  const { source, wild, alphabet } = making;
  const min = Math.max(facet.minLength, alphabet.nonEmpty ? 1 : 0);
  if (!wild || attempt >= 30) return plainText(source, Math.max(min, Math.min(1, facet.maxLength)), facet.maxLength);
  const max = Math.max(min, Math.min(facet.maxLength, longest, alphabet.longest));
  switch (source.int(0, 9)) {
    case 0:
      return wildText(source, min, alphabet.ascii);
    case 1:
      return wildText(source, goesToTheEnd(facet.maxLength, making) ? facet.maxLength : max, alphabet.ascii);
    case 2:
      return tellingText(source);
    case 3:
      return plainText(source, min, facet.maxLength);
    case 4:
      return alphabet.name === 'any with U+0000'
        ? `a\0${wildText(source, Math.max(0, min - 2), false)}`
        : wildText(source, source.int(min, max), alphabet.ascii);
    default:
      return wildText(source, source.int(min, Math.min(max, min + 24)), alphabet.ascii);
  }
}
