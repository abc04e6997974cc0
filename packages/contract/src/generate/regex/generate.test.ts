import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../validate/pattern.ts';
import { seededSource, simplest } from '../source.ts';
import { patternMaker } from './generate.ts';

const patterns: Readonly<Record<string, string>> = {
  '^[a-z]{3,8}$': 'aaa',
  abc: 'abc',
  '^\\d{4}-\\d\\d(-\\d\\d)?$': '0000-00',
  '^(foo|ba+r)$': 'foo',
  '^[^/\\s]+$': 'a',
  '^\\p{Lu}\\p{Ll}*$': 'Aa'.slice(0, 1),
  '^(a)(?<n>b)\\1\\k<n>$': 'abab',
  '^[\\w-\\.]+@x$': 'a@x',
  '^\\S(.*\\S)?$': 'a',
  '^\\u{1F600}+$': '\u{1F600}',
  '^\\ud83d\\ude00$': '\u{1F600}',
  '^[\\x41-\\x43]\\cJ\\0?$': 'A\n',
  '^a|b$': 'a',
  '^$': '',
  '^(?:[A-Z]{3}-)*\\d+$': '0',
  '^.{0,5}$': '',
  '(?i:^abc$)': 'abc',
  '^(?s-i:x.)$': 'xa',
};

describe('patternMaker', () => {
  it.each(Object.entries(patterns))('makes strings that match %s', (pattern, shortest) => {
    const maker = patternMaker(pattern);
    expect(maker.make(simplest, maker.min, false)).toBe(shortest);
    fc.assert(
      fc.property(fc.integer(), fc.nat(40), fc.boolean(), (seed, length, wild) => {
        expect(compilePattern(pattern)?.test(maker.make(seededSource(seed), length, wild))).toBe(true);
      }),
    );
  });

  it('makes strings of the length that is asked for, where there are any', () => {
    const maker = patternMaker('^[a-z]{0,5}(-[a-z0-9]*)?[0-9]+$');
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, length) => {
        expect(maker.make(seededSource(seed), length, true)).toHaveLength(length);
      }),
    );
  });

  it('mostly meets lookaheads', () => {
    const pattern = /^(?=.*[A-Z])(?=.*\d)[\w!]{8,20}$/u;
    const maker = patternMaker(pattern.source);
    const source = seededSource(4);
    const matching = Array.from({ length: 500 }, () => maker.make(source, source.int(8, 20), false)).filter((text) =>
      pattern.test(text),
    );
    expect(matching.length).toBeGreaterThan(400);
  });
});
