import { describe, expect, it } from 'vitest';
import { trialOf } from '../kit/races/trials-for-tests.ts';
import { judged } from '../kit/testing/recordings-for-tests.ts';
import { check } from './no-lost-update.ts';

describe(check.id, () => {
  const tried = [{ operation: 'patchTodo', kind: 'fields' as const, runs: 3, directed: true }];
  const evidence = { tried, finds: [], watched: true, trouble: null };
  const find = { operation: 'patchTodo', kind: 'fields' as const, what: 'one sets title, the other notes' };

  it('passes when every pair left what an order leaves', () => {
    expect(judged(check, evidence)).toMatchObject({
      status: 'passed',
      reason: '3 pairs of changes of 1 kind, one of them held back between its statements',
    });
  });

  it('tells of an acknowledged change that is gone', () => {
    const trial = trialOf({ title: 'a', notes: 'b' }, { facts: { title: 'a', notes: 'old' } });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).findings).toEqual([
      {
        severity: 'high',
        key: 'patchTodo lost',
        title: 'Two patchTodo at the same time both succeeded, and the change of notes is gone',
      },
    ]);
  });

  it('tells of two that were accepted with one entity tag', () => {
    const trial = trialOf({}, { serialStatuses: [200, 412] });
    expect(judged(check, { ...evidence, finds: [{ ...find, kind: 'tag', trial }] }).findings).toMatchObject([
      { severity: 'high', key: 'patchTodo tag' },
    ]);
  });

  it('calls a double spend critical', () => {
    const trial = trialOf({}, { serialStatuses: [200, 409] });
    expect(judged(check, { ...evidence, finds: [{ ...find, kind: 'limit', trial }] }).findings).toMatchObject([
      { severity: 'critical', key: 'patchTodo both accepted' },
    ]);
  });

  it('is undecided when no request was accepted, and not applicable when nothing could be told apart', () => {
    expect(judged(check, { ...evidence, tried: [], trouble: 'PATCH /todos/1 answered 500' }).status).toBe('undecided');
    expect(judged(check, { ...evidence, tried: [] }).status).toBe('not-applicable');
  });
});
