import { describe, expect, it } from 'vitest';
import type { Compared, Turn } from '../kit/load/compared.ts';
import { turn } from '../kit/load/turns-for-tests.ts';
import { todo } from '../kit/testing/recordings-for-tests.ts';
import { check } from './throughput.ts';

function evidence(mine: readonly number[], theirs: readonly number[], change: Partial<Turn> = {}): Compared {
  return {
    operations: ['listTodos'],
    trouble: null,
    reference: { name: 'express', alike: true },
    unavailable: null,
    full: mine.map((perSecond, round) => ({
      subject: turn({ perSecond, ...change }),
      reference: turn({ perSecond: theirs[round] ?? 0 }),
    })),
    calm: [],
    rate: 100,
    knee: null,
  };
}

describe('performance/throughput', () => {
  it('passes beside itself, however much the machine sways', () => {
    const { status, reason } = check.judge(evidence([900, 400, 1500, 700, 1100], [1000, 1000, 600, 900, 500]), todo);
    expect(status).toBe('passed');
    expect(reason).toContain('times the throughput of the reference express');
  });

  it('finds a backend that is clearly slower', () => {
    const { status, findings } = check.judge(evidence([100, 110, 95, 105, 100], [1000, 900, 1100, 1000, 950]), todo);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toMatch(/^It has 0\.10 \(0\.\d\d–0\.\d\d\) times the throughput/);
  });

  it('is undecided where the interval reaches over the limit', () => {
    expect(check.judge(evidence([100, 400, 200, 300, 150], [1000, 900, 900, 1000, 950]), todo).status).toBe(
      'undecided',
    );
  });

  it('gives another stack more room', () => {
    const slow = evidence([200, 210, 190, 200, 200], [1000, 1000, 1000, 1000, 1000]);
    expect(check.judge(slow, todo).status).toBe('failed');
    expect(check.judge({ ...slow, reference: { name: 'express', alike: false } }, todo).status).toBe('passed');
  });

  it('finds server errors that only come under load, and takes 503 for an answer', () => {
    const rounds = [1000, 1000, 1000];
    const failing = check.judge(evidence(rounds, rounds, { byStatus: { 200: 80, 500: 20 }, wrong: 20 }), todo);
    expect(failing.findings[0]?.key).toBe('fails under load');
    expect(check.judge(evidence(rounds, rounds, { byStatus: { 200: 80, 503: 20 }, wrong: 20 }), todo).status).toBe(
      'undecided',
    );
  });

  it('finds requests that get no answer under load, where this machine was not the limit and the reference answers', () => {
    const rounds = [0, 0, 0];
    const dead = { answered: 0, byStatus: {}, failed: 8, unanswered: 8, complaint: 'no whole answer within 5 s' };
    expect(check.judge(evidence(rounds, [900, 1000, 950], dead), todo).findings).toMatchObject([
      {
        key: 'fails under load',
        title:
          'Under load 100 % of the requests got a server error or no answer within 5 s, and none did from the reference',
      },
    ]);
    const limited = { ...dead, limit: 'the load generator stood still for 40 % of the time' };
    expect(check.judge(evidence(rounds, [900, 1000, 950], limited), todo).status).toBe('undecided');
    // Who closes a connection between two requests has not refused the second.
    expect(check.judge(evidence(rounds, [900, 1000, 950], { ...dead, unanswered: 0 }), todo).status).toBe('undecided');
    const both = evidence(rounds, rounds, dead);
    const full = both.full.map(({ subject }) => ({ subject, reference: subject }));
    expect(check.judge({ ...both, full }, todo).status).toBe('undecided');
  });

  it('counts wrong answers among those that were looked at', () => {
    const rounds = [1000, 1000, 1000];
    const wrong = { answered: 2000, unseen: 1960, wrong: 13, complaint: 'the body is no list' };
    expect(check.judge(evidence(rounds, rounds, wrong), todo)).toMatchObject({
      status: 'undecided',
      reason: 'under load it answered wrongly: the body is no list',
    });
  });

  it('only tells figures without a reference, and nothing when nothing could be sent', () => {
    const alone = { ...evidence([500, 600], []), reference: null, unavailable: 'there is no challenge' };
    expect(check.judge(alone, todo)).toMatchObject({
      status: 'not-applicable',
      reason: expect.stringMatching(/there is no challenge; .*requests\/s/),
    });
    expect(check.judge({ ...alone, operations: [], trouble: 'no' }, todo)).toMatchObject({
      status: 'undecided',
      reason: 'no',
    });
  });
});
