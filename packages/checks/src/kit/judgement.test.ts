import type { FindingDraft } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { atMost, distinct, judged, toldOnce } from './judgement.ts';

const finding = (operation: string, what: string): FindingDraft => ({
  key: `${operation} ${what}`,
  operation,
  title: `${operation} has ${what}`,
  detail: 'Bad.',
  fix: 'Mend it.',
  evidence: [],
});

describe('toldOnce', () => {
  it('joins what is wrong in the same way at three operations, and names the others', () => {
    const [only, ...rest] = toldOnce(['a', 'b', 'c'].map((operation) => finding(operation, '404')));
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      key: 'a 404',
      title: 'a has 404; the same at 2 other operations',
      detail: 'Bad.\n\nAlso: b has 404; c has 404.',
    });
  });

  it('leaves two apart, and different things at many', () => {
    const findings = [finding('a', '404'), finding('b', '404'), finding('c', '409')];
    expect(toldOnce(findings)).toEqual(findings);
  });
});

describe('judged', () => {
  it('fails on findings, and passes on its basis without any', () => {
    expect(judged([], '3 requests')).toEqual({ status: 'passed', reason: '3 requests', findings: [] });
    expect(judged([finding('a', '404')], '3 requests')).toMatchObject({ status: 'failed', reason: '1 finding' });
    expect(judged([finding('a', '404'), finding('a', '409')], '')).toMatchObject({ reason: '2 findings' });
  });
});

describe('distinct', () => {
  it('keeps the first of each key', () => {
    const first = { ...finding('a', '404'), title: 'first' };
    expect(distinct([first, finding('a', '404'), finding('b', '404')])).toEqual([first, finding('b', '404')]);
  });
});

describe('atMost', () => {
  it('keeps a few of each operation, and lets the last tell of the rest', () => {
    const [one, two, ...rest] = atMost(2, [
      ...['1', '2', '3', '4'].map((what) => finding('a', what)),
      finding('b', '1'),
    ]);
    expect(one).toEqual(finding('a', '1'));
    expect(two).toMatchObject({ key: 'a 2', detail: expect.stringContaining('2 more of the same kind') });
    expect(two?.detail).toContain('a has 3; a has 4.');
    expect(rest).toEqual([finding('b', '1')]);
  });

  it('changes nothing where there are few', () => {
    const few = [finding('a', '1'), finding('b', '1')];
    expect(atMost(2, few)).toEqual(few);
  });
});
