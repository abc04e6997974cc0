import { describe, expect, it } from 'vitest';
import type { Compared, Turn } from '../kit/load/compared.ts';
import { turn } from '../kit/load/turns-for-tests.ts';
import { todo } from '../kit/testing/recordings-for-tests.ts';
import { check } from './latency.ts';

function evidence(mine: readonly number[], theirs: readonly number[], change: Partial<Turn> = {}): Compared {
  return {
    operations: ['listTodos'],
    trouble: null,
    reference: { name: 'express', alike: true },
    unavailable: null,
    full: [],
    calm: mine.map((p99, round) => ({
      subject: turn({ p99, ...change }),
      reference: turn({ p99: theirs[round] ?? 0 }),
    })),
    rate: 100,
    knee: null,
  };
}

describe('performance/latency', () => {
  it('passes beside itself, however much the machine sways', () => {
    expect(check.judge(evidence([5, 40, 8, 12], [30, 6, 9, 20]), todo).status).toBe('passed');
  });

  it('finds answers that take many times as long', () => {
    const { status, findings } = check.judge(evidence([80, 90, 85, 100], [6, 7, 5, 8]), todo);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toMatch(/^Its 99th percentile is 90\.0 ms at 100 requests\/s/);
  });

  it('lets a few milliseconds be, whatever their ratio', () => {
    expect(check.judge(evidence([10, 11, 10, 12], [2, 2, 2, 2]), todo).status).toBe('passed');
  });

  it('is undecided when the rounds disagree, or the machine was too busy', () => {
    expect(check.judge(evidence([20, 200, 15, 300], [6, 7, 5, 8]), todo).status).toBe('undecided');
    const { status, reason } = check.judge(
      evidence([80, 90, 85, 100], [6, 7, 5, 8], { limit: 'all cores were busy' }),
      todo,
    );
    expect(status).toBe('undecided');
    expect(reason).toContain('all cores were busy');
  });

  it('passes nobody for quick answers that are wrong', () => {
    const wrong = { answered: 100, wrong: 33, complaint: 'the body is no list' };
    expect(check.judge(evidence([5, 5, 5, 5], [5, 5, 5, 5], wrong), todo)).toMatchObject({
      status: 'undecided',
      reason: 'under load it answered wrongly: the body is no list',
    });
    expect(check.judge(evidence([80, 90, 85, 100], [6, 7, 5, 8], wrong), todo).status).toBe('failed');
  });

  it('only tells figures without a reference', () => {
    const alone = { ...evidence([5, 6], []), reference: null, unavailable: 'there is no challenge' };
    const told = (knee: Compared['knee']) => check.judge({ ...alone, knee }, todo);
    expect(told({ sustained: 400, exceeded: 800 })).toMatchObject({
      status: 'not-applicable',
      reason: expect.stringMatching(/ within 6\.0 ms; it keeps up with 400 requests\/s, and not with 800$/),
    });
    expect(told({ sustained: 800, exceeded: null }).reason).toMatch(/; it keeps up with 800 requests\/s$/);
    expect(told({ sustained: null, exceeded: 100 }).reason).toMatch(/; it does not keep up with 100 requests\/s$/);
  });
});
