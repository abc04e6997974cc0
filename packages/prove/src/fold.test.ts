import type { RunEvent, RunEventBody } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { foldReport } from './fold.ts';

const started: RunEventBody = {
  type: 'run-started',
  run: 'r-1',
  seed: 7,
  tool: { name: 'assay', version: '0.1.0' },
  backendPath: '/b',
  challenge: null,
  startedAt: '2026-01-01T00:00:00.000Z',
};

function events(...bodies: readonly RunEventBody[]): readonly RunEvent[] {
  return bodies.map((body, index) => ({ sequence: index + 1, at: index * 10, ...body }));
}

function ended(id: string): RunEventBody {
  return {
    type: 'check-ended',
    result: {
      id,
      area: 'http',
      claim: 'c',
      skill: 'apis',
      severity: 'low',
      status: 'passed',
      reason: 'r',
      durationMs: 1,
      findings: [],
    },
  };
}

describe('foldReport', () => {
  it('says undecided of a run that was cut off', () => {
    const report = foldReport(events(started, ended('http/charset')));
    expect(report).toMatchObject({ verdict: 'undecided', cutOff: report.reason });
    expect(report.checks).toHaveLength(1);
    expect(report.skills.apis).toEqual({ passed: 1, failed: 0, undecided: 0 });
  });

  it('orders checks as they were planned, whichever ended first', () => {
    const planned = ['http/a', 'http/b'].map((id) => ({
      id,
      area: 'http',
      claim: 'c',
      skill: 'apis' as const,
      severity: 'low' as const,
    }));
    const report = foldReport(
      events(started, { type: 'checks-planned', checks: planned }, ended('http/b'), ended('http/a')),
    );
    expect(report.checks.map(({ id }) => id)).toEqual(['http/a', 'http/b']);
  });

  it('takes verdict and durations from the end of the run', () => {
    const durations = { build: 1, ready: 2, checks: 3, total: 6 };
    const report = foldReport(
      events(started, {
        type: 'run-ended',
        verdict: 'passed',
        reason: 'all',
        durations,
        traffic: { exchanges: 0, statements: 0 },
      }),
    );
    expect(report).toMatchObject({ verdict: 'passed', reason: 'all', durations });
    expect(report).not.toHaveProperty('cutOff');
  });

  it('refuses a stream without a beginning', () => {
    expect(() => foldReport(events(ended('http/charset')))).toThrow('run-started');
  });
});
