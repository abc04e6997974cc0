import { describe, expect, it } from 'vitest';
import type { Compared } from '../kit/load/compared.ts';
import { turn } from '../kit/load/turns-for-tests.ts';
import { todo } from '../kit/recordings-for-tests.ts';
import { check } from './latency.ts';

function evidence(mine: readonly number[], theirs: readonly number[], limit: string | null = null): Compared {
  return {
    operations: ['listTodos'],
    trouble: null,
    reference: { name: 'express', alike: true },
    unavailable: null,
    full: [],
    calm: mine.map((p99, round) => ({
      subject: turn({ p99, limit }),
      reference: turn({ p99: theirs[round] ?? 0 }),
    })),
    rate: 100,
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
    const { status, reason } = check.judge(evidence([80, 90, 85, 100], [6, 7, 5, 8], 'all cores were busy'), todo);
    expect(status).toBe('undecided');
    expect(reason).toContain('all cores were busy');
  });

  it('only tells figures without a reference', () => {
    const alone = { ...evidence([5, 6], []), reference: null, unavailable: 'there is no challenge' };
    expect(check.judge(alone, todo)).toMatchObject({ status: 'not-applicable' });
  });
});
