import type { FindingDraft } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { toldOnce } from './judgement.ts';

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
