import { describe, expect, it } from 'vitest';
import { todo } from '../kit/testing/recordings-for-tests.ts';
import { check } from './cold-start.ts';

const evidence = (own: readonly (number | null)[], others: readonly number[]) => ({
  own,
  others,
  reference: { name: 'express', alike: true },
  unavailable: null,
});

describe('performance/cold-start', () => {
  it('passes beside itself, and up to three times and a second more', () => {
    expect(check.judge(evidence([500, 900, 400], [450, 400, 800]), todo).status).toBe('passed');
    expect(check.judge(evidence([2200, 2300, 2400], [500, 500, 500]), todo).status).toBe('passed');
  });

  it('finds a start that is always slower than that', () => {
    const { status, findings } = check.judge(evidence([4500, 4600, 4400], [500, 450, 600]), todo);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toBe(
      'From its start to its first answer it took 4.50 s, 4.60 s, 4.40 s, the reference express 0.50 s, 0.45 s, 0.60 s',
    );
  });

  it('is undecided when a slow reference or a fast start stands against it', () => {
    expect(check.judge(evidence([4500, 4600, 900], [500, 450, 600]), todo).status).toBe('undecided');
    expect(check.judge(evidence([4500, 4600, 4400], [500, 450, 1500]), todo).status).toBe('undecided');
    expect(check.judge(evidence([4500, null, 4400], [500, 450, 600]), todo).status).toBe('undecided');
  });

  it('only tells the times without a reference', () => {
    const alone = { own: [500, 400], others: [], reference: null, unavailable: 'there is no challenge' };
    expect(check.judge(alone, todo)).toMatchObject({
      status: 'not-applicable',
      reason: 'there is no challenge; from its start to its first answer it took 0.50 s, 0.40 s',
    });
  });
});
