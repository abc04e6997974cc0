import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match } from './match.ts';

function ranked(query: string, texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => {
      const found = match(query, text);
      return found === null ? [] : [{ text, score: found.score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);
}

describe('match', () => {
  const texts = ['queries/no-n-plus-one', 'security/sql-injection', 'Go to Settings', 'Go to Skills', 'Ledger'];

  it('finds what holds the query as it is, at the beginning of a word first', () => {
    expect(ranked('sql', texts)[0]).toBe('security/sql-injection');
    expect(ranked('ge', ['Ledger', 'Get a starter'])).toEqual(['Get a starter', 'Ledger']);
  });

  it('finds the beginnings of words', () => {
    expect(ranked('nplus', texts)).toEqual(['queries/no-n-plus-one']);
    expect(ranked('gts', texts)).toEqual(['Go to Skills', 'Go to Settings']);
    expect(ranked('sql inj', texts)).toEqual(['security/sql-injection']);
  });

  it('does not find letters that stand there by chance', () => {
    expect(ranked('eur', texts)).toEqual([]);
    expect(ranked('zzz', texts)).toEqual([]);
  });

  it('names letters that spell the query, in order', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-c -]{1,8}$/), fc.stringMatching(/^[a-cA-C -]{1,20}$/), (query, text) => {
        const found = match(query, text);
        if (found === null) return;
        expect([...found.letters].sort((a, b) => a - b)).toEqual(found.letters);
        const spelled = found.letters.map((letter) => text[letter]?.toLowerCase()).join('');
        expect(spelled.replaceAll(' ', '')).toBe(query.trim().replaceAll(' ', ''));
      }),
    );
  });

  it('takes everything for an empty query', () => {
    expect(match('  ', 'anything')).toEqual({ score: 0, letters: [] });
  });
});
