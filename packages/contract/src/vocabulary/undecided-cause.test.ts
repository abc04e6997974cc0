import { expect, test } from 'vitest';
import type { CheckResult } from './report.ts';
import { causeOf, sharedCauses } from './undecided-cause.ts';

test('the cause is the answer that a reason comes down to', () => {
  expect(causeOf('nothing could be created: POST /articles answered 401, so … (POST /users answered 500)')).toBe(
    'POST /users answered 500',
  );
  expect(causeOf('GET /a answered 429, so it limits how often it may be asked')).toBe('requests were answered 429');
  expect(causeOf('there was no time left')).toBe('there was no time left');
});

test('what keeps three checks or more from judging is told together', () => {
  const check = (id: string, reason: string, status: CheckResult['status'] = 'undecided'): CheckResult => ({
    id,
    area: 'http',
    claim: '',
    skill: 'apis',
    severity: 'low',
    durationMs: 1,
    findings: [],
    status,
    reason,
  });
  const long = 'nothing could be created: POST /users answered 500 (its log says why)';
  const checks = [
    check('http/a', 'POST /users answered 500'),
    check('http/b', long),
    check('http/c', 'POST /users answered 500'),
    check('http/d', 'POST /users answered 500', 'passed'),
    check('http/e', 'no time'),
    check('http/f', 'no time'),
  ];
  expect(sharedCauses(checks)).toEqual([
    { cause: 'POST /users answered 500', reason: long, checks: ['http/a', 'http/b', 'http/c'] },
  ]);
});
