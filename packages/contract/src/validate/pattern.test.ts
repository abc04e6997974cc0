import { describe, expect, it } from 'vitest';
import { contractWith } from '../generate/laws/random-schema.ts';
import { backtrackingOf, mayTakeLong } from './backtracking.ts';
import { compilePattern } from './pattern.ts';
import { createValidator } from './validator.ts';

const endless = '^([a-zA-Z0-9]+\\s?)+$';
const lost = `${'a'.repeat(60)}!`;

describe('a pattern', () => {
  it('that backtracks without end is given up, and the clock goes on', () => {
    expect(compilePattern(endless)?.test(lost)).toBeNull();
    // Each of these alone would take longer than the test may.
    for (let again = 0; again < 50; again += 1) expect(compilePattern(endless)?.test(`${lost}${again}!`)).toBeNull();
  });

  it('still answers for what it can', () => {
    const pattern = compilePattern('^([a-z0-9]+\\s?)+$');
    expect(['ordinary words 12', '!', 'short!', 'a '.repeat(12)].map((text) => pattern?.test(text))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it.each([
    '^[a-z]{3,8}$',
    '^\\d{4}-\\d\\d-\\d\\d$',
    '^(foo|bar)$',
    '^[^@\\s]+@[^@\\s]+$',
    '(?i:^\\p{L}+$)',
    '^[(+*]+$',
  ])('that is ordinary is not watched over: %s', (pattern) => {
    expect(mayTakeLong(backtrackingOf(pattern), 60)).toBe(false);
  });

  it.each([
    endless,
    '^(a|a)*$',
    '^(?:\\w+,?){2,}$',
    '^((x+)y?)*$',
    '^(a?){40}$',
    '^(?<n>[\\]a]*)+$',
    '^(?:-[a-z-]+)+$',
    '^(.\\w+)+$',
    '^a*a*a*a*b$',
  ])('that may take long is: %s', (pattern) => {
    expect(mayTakeLong(backtrackingOf(pattern), 40)).toBe(true);
    expect(mayTakeLong(backtrackingOf(pattern), 8)).toBe(false);
  });
});

describe('a value that a pattern takes too long for', () => {
  const validator = createValidator(contractWith({}));
  const schema = { type: 'object', properties: { name: { type: 'string', pattern: endless } } };

  it('is neither valid nor a violation', () => {
    expect(validator.isValid(schema, { name: lost }, 'request')).toBe(false);
    expect(validator.validate(schema, { name: lost }, 'response')).toEqual([]);
  });

  it('does not keep others from being judged', () => {
    expect(validator.isValid(schema, { name: 'words' }, 'request')).toBe(true);
    expect(validator.validate(schema, { name: '!' }, 'response')).toMatchObject([{ keyword: 'pattern' }]);
    const other = { type: 'object', properties: { name: { type: 'string', pattern: '^x' } } };
    expect(validator.validate(other, { name: 'y' }, 'response')).toMatchObject([{ keyword: 'pattern' }]);
  });
});
