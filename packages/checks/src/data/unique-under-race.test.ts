import { describe, expect, it } from 'vitest';
import { judged } from '../kit/recordings-for-tests.ts';
import { trialOf } from '../kit/trials-for-tests.ts';
import { check } from './unique-under-race.ts';

describe(check.id, () => {
  const tried = [{ operation: 'signUp', value: 'email', runs: 2 }];
  const evidence = { tried, finds: [], looked: 1, watched: true, trouble: null };
  const find = { operation: 'signUp', value: 'email', kind: 'member' as const };
  const serialStatuses = [201, 409] as const;

  it('passes when one of the two was refused', () => {
    const trial = trialOf({}, { serialStatuses, statuses: [201, 409] });
    expect(judged(check, evidence).status).toBe('passed');
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).status).toBe('passed');
  });

  it('tells of a value that two have', () => {
    const trial = trialOf({}, { serialStatuses, statuses: [201, 201] });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).findings).toEqual([
      {
        severity: 'high',
        key: 'signUp email twice',
        title: 'Two signUp with the same email at the same time both succeeded; in turn the second one gets 409',
      },
    ]);
  });

  it('tells, as a lesser matter, of a loser that gets a server error', () => {
    const trial = trialOf({}, { serialStatuses, statuses: [201, 500] });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).findings).toMatchObject([
      { severity: 'medium', key: 'signUp email loser' },
    ]);
  });

  it('does not apply when nothing is refused the second time, and is undecided when nothing was accepted', () => {
    expect(judged(check, { ...evidence, tried: [] }).status).toBe('not-applicable');
    expect(judged(check, { ...evidence, tried: [], trouble: 'it answered 500' }).status).toBe('undecided');
  });
});
