import { describe, expect, it } from 'vitest';
import { cutRuns, half, onlyStored, undone } from '../kit/faults/cuts-for-tests.ts';
import { judged } from '../kit/testing/recordings-for-tests.ts';
import { check } from './one-transaction.ts';

describe(check.id, () => {
  const judge = (...runs: readonly ReturnType<typeof cutRuns>[]) => judged(check, { runs, trouble: null });

  it('passes writes in one transaction', () => {
    expect(judge(cutRuns(false, undone)).status).toBe('passed');
  });

  it('tells of writes in two of which a cut leaves one', () => {
    expect(judge(cutRuns(true, half)).findings).toEqual([
      {
        severity: 'high',
        key: 'createOrder separate',
        title:
          'createOrder writes with 2 statements in 2 transactions; cut between them, items of listOrders changed and item of listOrders, /lines did not',
      },
    ]);
  });

  it('names what there was no time for', () => {
    const { reason } = judged(check, { runs: [cutRuns(false, undone)], untried: ['payOrder'], trouble: null });
    expect(reason).toMatch(/; there was no time for payOrder$/);
  });

  it('is undecided when the API does not show what is missing', () => {
    expect(judge(cutRuns(true, onlyStored)).status).toBe('undecided');
  });

  it('is undecided when what was cut may follow upon the request, which was answered with success', () => {
    expect(judge(cutRuns(true, { ...half, aside: true, status: 201 }))).toMatchObject({
      status: 'undecided',
      reason:
        'createOrder writes in several transactions, and what was cut may be work that follows upon the request and is tried again',
    });
    expect(judge(cutRuns(true, { ...half, aside: true })).findings).toHaveLength(1);
  });

  it('has nothing to say where one statement does all, or nothing was accepted', () => {
    const one = cutRuns(true, undone);
    expect(judge({ ...one, points: one.points.slice(0, 1) }).status).toBe('not-applicable');
    expect(judge().status).toBe('undecided');
  });
});
