import { describe, expect, it } from 'vitest';
import { cutRuns, half, onlyStored, undone } from '../kit/faults/cuts-for-tests.ts';
import { exchangeOf, judged } from '../kit/testing/recordings-for-tests.ts';
import { check } from './atomic-under-fault.ts';

describe(check.id, () => {
  const judge = (...runs: readonly ReturnType<typeof cutRuns>[]) => judged(check, { runs, trouble: null });

  it('passes when a cut undoes all of it', () => {
    expect(judge(cutRuns(false, undone))).toMatchObject({
      status: 'passed',
      reason: '1 connection cut between the statements of 1 operation',
    });
  });

  it('tells what stayed and what is missing', () => {
    expect(judge(cutRuns(true, half)).findings).toEqual([
      {
        severity: 'high',
        key: 'createOrder half',
        title:
          'POST /orders lost its database connection after `INSERT INTO orders VALUES (?)` and happened by half: items of listOrders changed, item of listOrders, /lines did not',
      },
    ]);
  });

  it('tells what became of the same request once more', () => {
    const [finding] = judge(cutRuns(true, { ...half, again: exchangeOf('POST /orders', 409) })).findings;
    expect(finding?.title).toMatch(/did not, and the same request again, answered 409, does not mend it$/);
    expect(finding?.key).toBe('createOrder half');
  });

  it('tells of what was acknowledged and is not there, unless the commit may have failed', () => {
    expect(judge(cutRuns(false, { ...undone, status: 201 })).findings).toMatchObject([
      { severity: 'critical', key: 'createOrder acknowledged and lost' },
    ]);
    expect(judge(cutRuns(false, { ...undone, status: 201, unknown: true })).status).toBe('passed');
  });

  it('is undecided when what was cut may follow upon a request that was answered with success', () => {
    expect(judge(cutRuns(true, { ...half, aside: true, status: 201 }))).toMatchObject({
      status: 'undecided',
      reason: 'createOrder did not notice a cut that left half of what follows; it may be work that is tried again',
    });
    expect(judge(cutRuns(true, { ...half, aside: true })).findings).toHaveLength(1);
  });

  it('names what there was no time for', () => {
    const untried = ['payOrder', 'moveOrder', 'closeOrder', 'openOrder'];
    expect(judged(check, { runs: [cutRuns(false, undone)], untried, trouble: null }).reason).toMatch(
      /; there was no time for payOrder, moveOrder, closeOrder and 1 more$/,
    );
    expect(judged(check, { runs: [], untried: ['payOrder'], trouble: null }).reason).toMatch(/no time for payOrder$/);
  });

  it('is undecided when only the tables show half, and when nothing could be cut', () => {
    expect(judge(cutRuns(true, onlyStored))).toMatchObject({
      status: 'undecided',
      reason: 'after a cut, createOrder had written orders and not lines, which does not show through the API',
    });
    expect(judged(check, { runs: [], trouble: null }).status).toBe('undecided');
  });
});
