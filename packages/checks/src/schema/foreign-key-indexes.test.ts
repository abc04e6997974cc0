import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './foreign-key-indexes.ts';

describe(check.id, () => {
  it('judges what was recorded of a reference and of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).findings).toHaveLength(1);
  });

  const unindexed = {
    table: 'entries',
    columns: ['account_id'],
    target: 'accounts',
    operation: 'deleteAccount',
    statement: 'SELECT 1 FROM ONLY entries x WHERE account_id = 1 FOR KEY SHARE OF x',
    before: { plan: 'Seq Scan on entries x', pages: 420 },
    after: { plan: 'Index Scan using assay_candidate on entries x', pages: 3 },
  };
  const evidence = {
    asked: ['entries.account_id', 'movements.to_account_id'],
    unindexed: [],
    deletedFrom: ['accounts'],
    trouble: null,
  };

  it('passes when an index leads to all that refers', () => {
    expect(judged(check, evidence)).toMatchObject({
      status: 'passed',
      reason: '2 foreign keys that a delete asks: entries.account_id and movements.to_account_id',
    });
  });

  it('tells of a foreign key that has none, with what a delete reads for it', () => {
    expect(judged(check, { ...evidence, unindexed: [unindexed] }).findings).toEqual([
      {
        severity: 'medium',
        key: 'entries (account_id)',
        title:
          'the foreign key entries (account_id) has no index: deleteAccount makes PostgreSQL read all 420 pages of entries, where an index needs 3',
      },
    ]);
  });

  it('has nothing to say where no row goes, or nothing refers to it', () => {
    expect(judged(check, { ...evidence, asked: [], deletedFrom: [] })).toMatchObject({
      status: 'not-applicable',
      reason: 'no request was seen to delete a row',
    });
    expect(judged(check, { ...evidence, asked: [] }).reason).toContain('refers to accounts');
    expect(judged(check, { ...evidence, asked: [], trouble: 'POST /a answered 401' }).status).toBe('undecided');
  });
});
