import { describe, expect, it } from 'vitest';
import { doneTwice } from './done-twice.ts';
import { trialOf } from './trials-for-tests.ts';

const refusedInTurn = { serialStatuses: [201, 409] } as const;

describe('doneTwice', () => {
  it('takes no two successes alone for it', () => {
    expect(doneTwice(trialOf({ 'event/left': '-1' }, refusedInTurn), null)).toBeNull();
  });

  it('knows rows that both put into a table', () => {
    expect(doneTwice(trialOf({}, { ...refusedInTurn, inserted: 'loans' }), null)).toEqual({
      by: 'rows',
      table: 'loans',
    });
  });

  it('leaves out a table that a refused request writes to as well, as one of attempts', () => {
    const attempts = { inserted: 'attempts', insertedByRefused: 'attempts' };
    expect(doneTwice(trialOf({}, { ...refusedInTurn, ...attempts }), null)).toBeNull();
  });

  it('leaves out a table that only notes what happened', () => {
    expect(doneTwice(trialOf({}, { ...refusedInTurn, inserted: 'outbox' }), null)).toBeNull();
    expect(doneTwice(trialOf({}, { ...refusedInTurn, inserted: 'AuditLog' }), null)).toBeNull();
  });

  it('knows a number that changed by what it never changes by in turn', () => {
    const trial = trialOf({ 'event/left': '-1' }, { ...refusedInTurn, facts: { 'event/left': '-2' } });
    expect(doneTwice(trial, null)).toEqual({ by: 'number', name: 'event/left' });
  });

  it('says nothing where in turn both are accepted, or one was refused', () => {
    expect(doneTwice(trialOf({}, { inserted: 'loans' }), null)).toBeNull();
    expect(doneTwice(trialOf({}, { ...refusedInTurn, statuses: [201, 409], inserted: 'loans' }), null)).toBeNull();
  });
});
