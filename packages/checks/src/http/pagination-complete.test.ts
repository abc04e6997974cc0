import { describe, expect, it } from 'vitest';
import { firstOf, judged, recorded } from '../kit/recordings-for-tests.ts';
import { check } from './pagination-complete.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const walk = firstOf(passing.walks);
  const only = (change: Partial<typeof walk>) => judged(check, { walks: [{ ...walk, ...change }], trouble: null });

  it('passes a list that brings every item once', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '1 list walked over 3 pages' });
  });

  it('tells of items that no page brought', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'high',
        key: 'listTodos lost',
        title: 'Walking listTodos never brought 2 of 8 things created before (4 and 5)',
      },
    ]);
  });

  it('tells of items that came twice, and of pages that are too long', () => {
    expect(only({ seen: [...walk.seen, firstOf(walk.seen)] }).findings).toMatchObject([
      { key: 'listTodos twice', title: expect.stringContaining('brought 1 item more than once') },
    ]);
    expect(only({ longestPage: 20 }).findings).toMatchObject([
      { key: 'listTodos long', title: 'listTodos brought a page of 20 items although 3 were asked for' },
    ]);
  });

  it('does not mind another order, things of others in between, or items without an id', () => {
    expect(only({ seen: walk.seen.toReversed() }).status).toBe('passed');
    expect(only({ seen: ['a', ...walk.seen, 'b'] }).status).toBe('passed');
    expect(only({ seen: ['{"name":"x"}'], expected: [] }).status).toBe('passed');
  });

  it('takes a walk that did not end for no proof of a loss', () => {
    expect(only({ outcome: 'cap', seen: walk.seen.slice(0, 3) })).toMatchObject({ status: 'undecided' });
    expect(only({ outcome: 'broken', seen: [] })).toMatchObject({ status: 'undecided' });
    expect(only({ outcome: 'cap', seen: ['1', '1'] }).findings).toMatchObject([{ key: 'listTodos twice' }]);
  });

  it('is undecided when no list could be walked', () => {
    expect(judged(check, { walks: [], trouble: null }).status).toBe('undecided');
    expect(judged(check, { walks: [], trouble: 'nothing could be created' }).reason).toBe('nothing could be created');
  });
});
