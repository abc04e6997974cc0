import { describe, expect, it } from 'vitest';
import { firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './bounded-result.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const failing = recorded(check, 'fail');
  const growth = firstOf(failing.lists);
  /** Fetched rows per statement at the smaller and the larger size of the table. */
  const fetched = (small: readonly number[], large: readonly number[]) => {
    const like = firstOf(growth.large.statements);
    const statements = (rows: readonly number[]) =>
      rows.map((count, index) => ({ ...like, text: `SELECT a FROM t${index}`, rows: count }));
    const lists = [
      {
        ...growth,
        small: { ...growth.small, statements: statements(small) },
        large: { ...growth.large, statements: statements(large) },
      },
    ];
    return judged(check, { ...failing, lists });
  };

  it('passes a list that fetches its page', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed' });
  });

  it('tells of a list that fetches the table', () => {
    const { status, findings } = judged(check, failing);
    expect(status).toBe('failed');
    expect(findings).toHaveLength(1);
    expect(findings).toMatchObject([
      {
        severity: 'high',
        key: expect.stringMatching(/^listTodos SELECT "todos"\."id"/),
        title: expect.stringMatching(/^listTodos fetched 40 rows to show 2; with 20 rows fewer it fetched 20: /),
      },
    ]);
  });

  it('sees it in one of several statements', () => {
    expect(fetched([1, 2, 20], [1, 2, 40]).findings).toMatchObject([{ key: 'listTodos SELECT a FROM t2' }]);
  });

  it('does not mind one row more than the page, a count, or many rows that do not grow', () => {
    expect(fetched([3, 1], [3, 1]).status).toBe('passed');
    expect(fetched([50], [50]).status).toBe('passed');
    expect(fetched([2, 2], [2, 6]).status).toBe('passed');
  });

  it('leaves a page that is itself longer, or not as long as was asked for, to other checks, and passes nothing for it', () => {
    for (const items of [growth.large.items + 20, 0]) {
      const held = firstOf(passing.lists);
      const other = { ...growth, large: { ...held.large, items }, small: { ...held.small, items: 0 } };
      expect(judged(check, { ...failing, lists: [other] })).toMatchObject({
        status: 'undecided',
        reason: expect.stringContaining('listTodos brought no page that is shorter than the list'),
      });
      expect(judged(check, { ...failing, lists: [other, held] })).toMatchObject({
        status: 'passed',
        reason: '1 list asked for a short page at two sizes of the table',
      });
    }
  });

  it('has nothing to say of lists that ask no database', () => {
    const silent = { ...growth.large, statements: [] };
    expect(judged(check, { ...failing, lists: [{ ...growth, small: silent, large: silent }] }).status).toBe(
      'not-applicable',
    );
  });

  it('is undecided when no list could be filled', () => {
    expect(judged(check, { lists: [], trouble: null })).toMatchObject({
      status: 'undecided',
      reason: 'no list could be filled',
    });
    expect(judged(check, { lists: [], trouble: 'POST /todos answered 401' }).reason).toContain('401');
  });
});
