import { describe, expect, test } from 'vitest';
import { seededSource } from '../source.ts';
import { patternMaker } from './generate.ts';

/** The characters of many strings that are made for a pattern. */
function charactersOf(pattern: string): ReadonlySet<string> {
  const maker = patternMaker(pattern);
  return new Set(Array.from({ length: 300 }, (_, seed) => maker.make(seededSource(seed), 30, true)).join(''));
}

const strays = (pattern: string, taken: RegExp) => [...charactersOf(pattern)].filter((each) => !taken.test(each));

describe('classes of characters', () => {
  test.each([
    ['blanks are those of Go as well', '^[a-z\\s]+$', /[a-z \t\n\f\r]/],
    ['what is no blank is none in Python either', '^\\S+$', /[^\s\x1c-\x1f\x85\u180e]/u],
    ['nor within a negated class', '^[^\\s]+$', /[^\s\x1c-\x1f\x85\u180e]/u],
    ['what is no digit is none in Python either', '^\\D+$', /\P{Nd}/u],
    ['what is no part of a word is none in Rust either', '^[^\\w]+$', /[^\p{L}\p{M}\p{N}\p{Pc}]/u],
    [
      'letters are those of Java 17',
      '^[\\p{L}]+$',
      /[\p{L}--[\u{13460}-\u{143ff}\u{10d40}-\u{10d8f}\u1c89\ua7cb-\ua7dc]]/v,
    ],
    ['POSIX classes are of ASCII, as in Java', '^\\p{Alpha}\\p{Upper}\\p{Lower}+$', /[a-zA-Z]/],
    ['digits and marks as well', '^[\\p{digit}\\p{punct}]+$', /[\d!"#%&'()*,\-./:;?@[\\\]_{}]/],
    ['a dot is no line end of Java', '^.+$', /[^\r\n\x85\u2028\u2029]/u],
  ])('%s', (_name, pattern, taken) => {
    expect(strays(pattern, taken)).toEqual([]);
  });

  test('still hold letters of several scripts', () => {
    const found = [...charactersOf('^\\p{L}+$')].join('');
    for (const script of ['Latin', 'Han', 'Cyrillic', 'Hangul'])
      expect(found).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
  });

  test('of a young script are taken as they are', () => {
    expect(strays('^\\p{Script=Adlam}+$', /\p{Script=Adlam}/u)).toEqual([]);
  });
});
