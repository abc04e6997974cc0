import { describe, expect, it } from 'vitest';
import { todo } from '../kit/testing/recordings-for-tests.ts';
import { check } from './memory-growth.ts';

/** Samples from growths in MiB, 400 requests apart. */
function samplesOf(growths: readonly number[]) {
  const samples = [{ requests: 800, bytes: 90 * 2 ** 20 }];
  for (const growth of growths) {
    const last = samples.at(-1) ?? { requests: 0, bytes: 0 };
    samples.push({ requests: last.requests + 400, bytes: last.bytes + growth * 2 ** 20 });
  }
  return samples;
}

const evidence = (growths: readonly number[], reference: readonly number[] | null = null) => ({
  operations: ['listTodos'],
  trouble: null,
  samples: samplesOf(growths),
  reference: reference === null ? null : samplesOf(reference),
  opaque: null,
});

const leak = [6, 7, 6, 8, 6, 7, 6, 6, 7, 6, 7, 6];

describe('performance/memory-growth', () => {
  it('finds growth in every round that does not stop', () => {
    const { status, findings } = check.judge(evidence(leak), todo);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toBe(
      'Its memory grew by 78.0 MiB over 4800 requests, 16.6 KiB for each, and did not stop',
    );
    expect(check.judge(evidence(leak, [0.5, -0.2, 0.1, 0.3, 0.1, 0.2]), todo).status).toBe('failed');
  });

  it('finds growth that a collector interrupts', () => {
    expect(check.judge(evidence([6, 7, 6, 8, -1, 7, 6, 6, -2, 7, 6, 7]), todo).status).toBe('failed');
  });

  it.each([
    ['that stops', [20, 15, 9, 5, 2, 0.5, 0, 0.1, 0, -0.1, 0, 0.1]],
    ['that becomes less and less', [20, 15, 12, 9, 7, 5, 4, 3, 2, 1, 1, 1]],
    ['that is small', [0.4, 0.3, 0.4, 0.5, 0.3, 0.4, 0.4, 0.3, 0.4, 0.5, 0.3, 0.4]],
  ])('passes growth %s', (_name, growths) => {
    expect(check.judge(evidence(growths), todo).status).toBe('passed');
  });

  it('waits for many rounds where a heap grows in leaps', () => {
    const leaps = [3, 2.4, 1, 0.5, 3, 8.6, 23, 21, 0.3, 1.1, 3.1, 3.2];
    expect(check.judge(evidence(leaps), todo).status).toBe('undecided');
    expect(check.judge(evidence([...leaps, ...leaps.map(() => 1)]), todo).status).toBe('passed');
    expect(check.judge(evidence([...leaps, ...leaps.map(() => 7)]), todo).status).toBe('failed');
  });

  it('does not take one leap and what a heap goes on to fill for a leak', () => {
    const slower = [0.7, 0.9, 2, 16.6, 35, 0.3, 4.5, 3, 6.1, 3.3, 1.3, 2.9, 1.5, 1.4, 2.7];
    expect(check.judge(evidence(slower), todo).status).toBe('undecided');
    expect(check.judge(evidence([...slower, ...leak.map(() => 1)]), todo).status).toBe('passed');
  });

  it('does not take a heap that has just found its size for a leak', () => {
    const found = [49, 5, 6, 9, 9, 9, 4, 8, 8, 6, 5, 5, 6, 3, 6, 6, 6, 6, 5, 0, 0, 0, 0.2, 0];
    expect(check.judge(evidence(found), todo).status).toBe('passed');
    expect(check.judge(evidence([...found.slice(0, 18), 6, 0, 7, 5, 0, 6]), todo).status).toBe('failed');
  });

  it('compares with what the reference does when its heap has found its size', () => {
    const settled = [6, 5, 5, 4, 3, 3, 2, 1, 0.5, 0.3, 0.1, 0, 0, ...leak.map(() => 0)];
    const slow = [...leak, ...leak, ...leak].map(() => 3);
    expect(check.judge(evidence(slow, settled), todo).status).toBe('failed');
    expect(check.judge(evidence(slow, [3, 2, 2, 2, 2, 2]), todo).status).toBe('undecided');
  });

  it('does not take what is kept for each address for a leak, unless it grows when they come again', () => {
    const more = (growths: readonly number[]) =>
      samplesOf(growths).map((each) => ({ ...each, requests: each.requests + 9000 }));
    const judged = (growths: readonly number[]) => check.judge({ ...evidence(leak), again: more(growths) }, todo);
    expect(judged([6, 7, 6, 6, 8, 6]).status).toBe('failed');
    expect(judged([6, 7, 6, 6, 8, 6]).findings[0]?.detail).toContain(
      'in 6 rounds of addresses that had been asked for',
    );
    expect(judged([0, 0.5, 0, 0.1, 0, 0.1])).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('it keeps something for each address'),
    });
    expect(judged([6]).status).toBe('undecided');
    const flat = [0, 0.5, 0, 0.1, 0, 0.1];
    const afterwards = (growths: readonly number[]) =>
      check.judge({ ...evidence(leak), again: more(flat), fresh: more(growths) }, todo);
    expect(afterwards(flat)).toMatchObject({ status: 'passed', reason: expect.stringContaining('no more afterwards') });
    expect(afterwards([6, 7, 6, 6, 8, 6]).status).toBe('undecided');
    expect(afterwards([6, 7, 6, 6, 8, 6, ...flat]).status).toBe('undecided');
    expect(afterwards([6, 7, 6, 6, 8, 6, ...flat, ...flat]).status).toBe('passed');
    expect(afterwards([...flat, 6, 7, 6, 6, 8, 6]).status).toBe('undecided');
    const beside = { ...evidence(leak, leak), again: more(flat), fresh: more([6, 7, 6, 6, 8, 6]) };
    expect(check.judge(beside, todo)).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining('much as the reference does'),
    });
  });

  it('is undecided where requests were refused, where the runtime is not known, and where none was answered', () => {
    expect(
      check.judge({ ...evidence(leak.map(() => 0)), answers: { 200: 300, 429: 2900, none: 0 } }, todo),
    ).toMatchObject({
      status: 'undecided',
      reason: 'of 3200 requests under load 2900 were answered 429',
    });
    expect(check.judge({ ...evidence(leak), unknownRuntime: true }, todo).status).toBe('undecided');
    expect(check.judge({ ...evidence(leak.map(() => 0)), unknownRuntime: true }, todo).status).toBe('passed');
    const still = evidence(leak).samples.map((each) => ({ ...each, requests: 2000 }));
    expect(check.judge({ ...evidence(leak), samples: still }, todo).status).toBe('undecided');
  });

  it('takes the heap of Node.js for none that only grows, unless it was tidied up', () => {
    const lazy = { ...evidence(leak), lazy: true };
    expect(check.judge({ ...lazy, collected: true }, todo).findings[0]?.detail).toContain(
      'after its runtime had thrown away',
    );
    expect(check.judge({ ...lazy, collected: false }, todo)).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('could not be asked'),
    });
  });

  it('passes what the reference does as well', () => {
    expect(
      check.judge(
        evidence(
          leak,
          leak.map((growth) => growth / 2),
        ),
        todo,
      ).status,
    ).toBe('passed');
  });

  it('is undecided when there were too few requests, or no time to see it stop', () => {
    expect(check.judge(evidence([6]), todo).status).toBe('undecided');
    expect(check.judge(evidence(leak.slice(0, 7)), todo).status).toBe('undecided');
  });

  it('does not judge a runtime whose size does not tell', () => {
    const java = { operations: [], trouble: null, samples: [], reference: null, opaque: 'a heap of its own' };
    expect(check.judge(java, todo)).toMatchObject({ status: 'not-applicable', reason: 'a heap of its own' });
  });
});
