import { expect, it } from 'vitest';
import { ladder, nextChallenge, standingOf } from './ladder.ts';

function challenge(title: string, level: number, best: 'passed' | 'failed' | null, runs = best === null ? 0 : 1) {
  return { title, level, progress: { runs, best, lastRun: null, passed: 0, total: 0 } };
}

const all = [challenge('Ledger', 4, null), challenge('Todo', 1, 'passed'), challenge('Blog', 3, 'failed')];

it('begins with the first steps', () => {
  expect(ladder(all).map(({ title }) => title)).toEqual(['Todo', 'Blog', 'Ledger']);
});

it('goes on with the lowest step that is not proven', () => {
  expect(nextChallenge(all)?.title).toBe('Blog');
  expect(nextChallenge([challenge('Todo', 1, 'passed')])).toBeNull();
});

it('tells what is proven, begun and new', () => {
  expect(all.map(standingOf)).toEqual(['new', 'proven', 'begun']);
});
