import type { Json } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';

describe('differences', () => {
  it('finds none between a value and itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(differences(value as Json, value as Json)).toEqual([]);
      }),
    );
  });

  it.each([
    ['a text', 'abc', 'abx'],
    ['exact decimals', '0.30', '0.30000000000000004'],
    ['big numbers', '12345678901234567890', '12345678901234567000'],
    ['a lost time zone', '2026-01-01T12:00:00+02:00', '2026-01-01T12:00:00Z'],
    ['a second', '2026-01-01T12:00:00.500Z', '2026-01-01T12:00:02Z'],
    ['a fraction of a second', '2026-01-01T12:00:00.500Z', '2026-01-01T12:00:00.250Z'],
    ['a tiny number', 1e-7, '0.000001'],
    ['a lost list element', ['a', 'b'], ['a']],
    ['a lost value', 'x', null],
    ['a number cut to a float of 32 bits', 0.1, 0.10000000149011612],
    ['a whole number beyond the exact ones', 9007199254740991, 9007199254740992],
    ['a lost list element beside a blank one', ['', 'a', 'b'], ['a']],
    ['another list, of which some stood twice', ['a', 'b', 'b'], ['a']],
    ['another URL', 'https://example.com/a', 'https://example.com/b'],
    ['a reference to another thing', 3, { id: 4, name: 'news' }],
    ['one of several references', [3, 4], [{ id: 3 }, { id: 5 }]],
  ])('sees that %s changed', (_name, sent, back) => {
    expect(differences({ field: sent }, { field: back })).toHaveLength(1);
  });

  it.each([
    ['white space around it', ' a ', 'a'],
    ['case', 'Ann@Example.org', 'ann@example.org'],
    ['the way a decimal is written', '1.50', '1.5'],
    ['a decimal without a fraction', '-07.', '-7.00'],
    ['separators around it, which Python strips', '\u001f\r\na\u001c', 'a'],
    ['the last bit of a double', 0.30000000000000004, 0.3],
    ['the way an instant is written', '2026-01-01T12:00:00+02:00', '2026-01-01T10:00:00.000Z'],
    ['whole seconds', '2026-01-01T12:00:17.337214+02:00', '2026-01-01T10:00:17+00:00'],
    ['whole seconds, rounded', '2026-01-01T12:00:17.600Z', '2026-01-01T12:00:18.000Z'],
    ['a number told as text', 1e-7, '0.0000001'],
    ['a number told as text with an exponent', 1e300, '1E+300'],
    ['an IP address', '2001:db8::2dde', '2001:db8:0:0:0:0:0:2dde'],
    ['the order of a set', ['b', 'a'], ['a', 'b']],
    ['composed characters', 'e\u0301', '\u00e9'],
    ['what is invisible at either end', '\u200fa\u200b', 'a'],
    ['a text of nothing that can be seen', '\u200b \u3164', null],
    ['the way a URL is written', 'https://Example.com', 'https://example.com/'],
    ['a time of day as a column for times gives it back', '09:30', '09:30:00'],
    ['a number without its separators', '978-3-16-148410-0', '9783161484100'],
    ['what is masked on purpose', '4111111111111111', '************1111'],
    ['what stood twice in a set', ['mon', 'tue', 'mon'], ['tue', 'mon']],
    ['a blank text in a list', ['', 'a'], ['a']],
    ['a list of nothing but a blank text', [' '], []],
    ['what stood twice in a set but for its case', ['A', 'a'], ['a']],
    ['a reference shown as the thing', 3, { id: 3, name: 'news' }],
    [
      'names shown as things',
      ['news', 'oak'],
      [
        { id: 7, name: 'oak' },
        { id: 9, name: 'news' },
      ],
    ],
    ['an amount shown as more than a number', 12.5, { minor: 1250, currency: 'EUR' }],
  ])('lets pass %s', (_name, sent, back) => {
    expect(differences({ field: sent }, { field: back })).toEqual([]);
  });

  // Each of these takes hours where the square of the length is taken, and nothing can interrupt it.
  it.each([
    ['blanks', 'x', `a${' '.repeat(1e6)}b`, 1],
    ['blanks at the end', 'a', `a${' '.repeat(1e6)}`, 0],
    ['zeros', '1', `1.${'0'.repeat(1e6)}1`, 1],
    ['zeros at the end', '1', `1.${'0'.repeat(1e6)}`, 0],
    ['digits that are no number', '1', `${'1'.repeat(1e6)}x`, 1],
  ])('gets through a million %s', (_name, sent, back, found) => {
    expect(differences(sent, back)).toHaveLength(found);
  });

  it.each<[string, Json, Json, number]>([
    ['whoever makes it among its members', [325], [1, 325], 0],
    ['something where nothing was sent', [], ['ROLE_USER'], 0],
    ['something in place of what was sent twice', [7, 7], [1, 7], 0],
    ['one twice', ['a'], ['a', 'a'], 1],
    ['another one in the place of one', [7, 8], [1, 7], 1],
    ['a part of a text', ['a, b'], ['a', 'b'], 1],
  ])('lets a backend add %s, where it may', (_name, sent, back, found) => {
    expect(differences({ list: sent }, { list: back }, '', () => true).length > 0).toBe(found > 0);
    expect(differences({ list: sent }, { list: back }).length).toBeGreaterThan(0);
    expect(differences({ list: sent }, { list: back }, '', (_one, place) => place !== '/list').length).toBeGreaterThan(
      0,
    );
  });

  it('compares no more elements with each other than can be', () => {
    const list = (from: number) => Array.from({ length: 2e4 }, (_, index) => `w${index + from}`);
    expect(differences(list(0), list(0).toReversed())).toEqual([]);
    expect(differences(['w1', 'w2'], list(0), '', () => true)).toEqual([]);
    expect(differences(['v1', 'w2'], list(0).slice(0, 9999), '', () => true)).toHaveLength(1);
    expect(differences([], list(0), '', () => false)).toEqual([]);
    expect(differences(list(0), list(2e4))).toEqual([]);
  });

  it('does not ask for what the backend leaves out or adds', () => {
    expect(differences({ password: 'x', name: 'a' }, { name: 'a', id: 1 })).toEqual([]);
  });
});
