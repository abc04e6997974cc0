import type { CheckResult } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './verdict.ts';

function result(id: string, status: CheckResult['status'], known = false): CheckResult {
  const finding = {
    id: 'f-1',
    key: 'k',
    fingerprint: `${id}:k`,
    title: 't',
    detail: 'd',
    fix: 'f',
    severity: 'low',
    evidence: [],
    replay: 'r',
    known,
  } as const;
  const area = id.split('/')[0] ?? '';
  return {
    id,
    area,
    claim: 'c',
    skill: 'apis',
    severity: 'low',
    status,
    reason: 'r',
    durationMs: 1,
    findings: status === 'failed' ? [finding] : [],
  };
}

describe('verdictOf', () => {
  it('does not pass on nothing', () => {
    expect(verdictOf([], null).verdict).toBe('undecided');
    expect(verdictOf([result('launch/starts', 'passed')], null).verdict).toBe('undecided');
    expect(verdictOf([result('launch/starts', 'passed'), result('http/charset', 'not-applicable')], null).verdict).toBe(
      'undecided',
    );
  });

  it('passes when something was proven and nothing failed or stayed open', () => {
    expect(verdictOf([result('http/charset', 'passed')], null)).toEqual({
      verdict: 'passed',
      reason: '1 check passed.',
    });
  });

  it('fails on a finding, also when other checks are open or the run was interrupted', () => {
    expect(
      verdictOf([result('http/charset', 'failed'), result('data/round-trip', 'undecided')], 'interrupted').verdict,
    ).toBe('failed');
  });

  it('is undecided, with the first reason, when a check is', () => {
    const verdict = verdictOf([result('http/charset', 'passed'), result('data/round-trip', 'undecided')], null);
    expect(verdict.verdict).toBe('undecided');
    expect(verdict.reason).toContain('data/round-trip');
  });

  it('does not fail on what the baseline knows', () => {
    expect(verdictOf([result('http/charset', 'failed', true), result('http/etag', 'passed')], null)).toEqual({
      verdict: 'passed',
      reason: '1 check passed; 1 failed with 1 finding that the baseline has too.',
    });
  });
});
