import { type CheckResult, sharedCauses as vocabulary } from '@assay/contract';
import { expect, it } from 'vitest';
import { sharedCauses } from './shared-causes.ts';

it('finds what several checks are undecided for, as the terminal does', () => {
  const checks = [
    'nothing could be created: POST /articles answered 401, so it asks (POST /users answered 500)',
    'POST /users answered 500',
    'POST /users answered 500 and more',
    'GET /a answered 429, so it limits',
    'GET /b answered 429, so it limits',
    'GET /c answered 429, so it limits',
    'GET /d answered 429, so it limits',
    'no time',
    'no time',
  ].map(
    (reason, index): CheckResult => ({
      id: `http/${index}`,
      area: 'http',
      claim: '',
      skill: 'apis',
      severity: 'low',
      durationMs: 1,
      findings: [],
      status: 'undecided',
      reason,
    }),
  );
  expect(sharedCauses(checks)).toEqual(vocabulary(checks));
  expect(sharedCauses(checks).map((each) => each.checks.length)).toEqual([4, 3]);
});
