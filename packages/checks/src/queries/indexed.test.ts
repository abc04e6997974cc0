import { describe, expect, it } from 'vitest';
import { exchangeOf, judged, recorded } from '../kit/recordings-for-tests.ts';
import { check } from './indexed.ts';

describe(check.id, () => {
  it('judges what was recorded of a reference and of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).findings).toHaveLength(1);
  });

  const slow = {
    operation: 'listEntries',
    by: null,
    exchange: exchangeOf('GET /accounts/1/entries', 200, { body: { items: [] } }),
    statement: {
      id: 1,
      connection: 1,
      transaction: null,
      protocol: 'extended' as const,
      text: 'SELECT id FROM entries WHERE account_id = $1 ORDER BY id DESC LIMIT $2',
      parameters: ['0d5c', 21],
      rows: 3,
      command: 'SELECT',
      startedAt: 0,
      durationMs: 1,
    },
    table: 'entries',
    on: ['"account_id"', '"id" DESC'],
    before: { plan: 'Seq Scan on entries', cost: 812.4, pages: 420 },
    after: { plan: 'Index Scan using assay_candidate on entries', cost: 8.3, pages: 5 },
  };
  const evidence = { filled: ['accounts', 'entries'], unfilled: [], planned: 11, slow: [], trouble: null };

  it('passes when every statement that was planned has its index', () => {
    expect(judged(check, evidence)).toMatchObject({
      status: 'passed',
      reason: '11 statements planned on many rows in accounts and entries',
    });
    const unfilled = [{ table: 'tags', reason: 'violates check constraint' }];
    expect(judged(check, { ...evidence, unfilled }).reason).toContain('tags could not be filled');
  });

  it('names the table and the columns of the index that is missing', () => {
    expect(judged(check, { ...evidence, slow: [slow, { ...slow, by: 'from' }] }).findings).toEqual([
      {
        severity: 'high',
        key: 'listEntries entries (account_id, id DESC)',
        title:
          'listEntries goes through entries row by row: 420 of its pages read, 5 with an index on (account_id, id DESC)',
      },
    ]);
    expect(judged(check, { ...evidence, slow: [{ ...slow, by: 'tag' }] }).findings).toMatchObject([
      { title: expect.stringContaining('listEntries by tag goes through') },
    ]);
  });

  it('is undecided when nothing was planned', () => {
    expect(judged(check, { ...evidence, planned: 0 }).reason).toBe(
      'no statement of a request that reads could be planned',
    );
    expect(judged(check, { ...evidence, filled: [], planned: 0, trouble: 'POST /a answered 401' })).toMatchObject({
      status: 'undecided',
      reason: 'POST /a answered 401',
    });
  });
});
