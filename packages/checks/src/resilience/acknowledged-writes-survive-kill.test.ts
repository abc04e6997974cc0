import { describe, expect, it } from 'vitest';
import { firstOf, judged, recorded } from '../kit/recordings-for-tests.ts';
import { check } from './acknowledged-writes-survive-kill.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const failing = recorded(check, 'fail');
  const round = firstOf(passing.rounds);

  it('passes a backend that keeps what it acknowledged', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '2 acknowledged writes read after 2 kills under load',
    });
  });

  it('tells of a write that was acknowledged and is gone', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'critical',
        key: 'lost',
        title: 'POST /todos was acknowledged with 201, the backend was killed, and GET /todos/7 answered 404',
      },
    ]);
  });

  it('tells of a backend that does not start again, with what it printed', () => {
    const restarted = {
      ready: false,
      reason: 'it ended with status 1',
      log: ['relation "todos" already exists'],
    } as const;
    expect(judged(check, { ...passing, rounds: [{ ...round, restarted }] }).findings).toEqual([
      {
        severity: 'critical',
        key: 'does not start again',
        title: 'After a kill the backend does not start again on its own database: it ended with status 1',
      },
    ]);
  });

  it('tells one loss, however many there are', () => {
    expect(judged(check, { ...failing, rounds: [...failing.rounds, ...failing.rounds] }).findings).toHaveLength(1);
  });

  it('does not judge a backend that was meant to keep everything in memory', () => {
    const rounds = failing.rounds.map((each) => ({ ...each, inMemory: true }));
    expect(judged(check, { ...failing, rounds }).status).toBe('not-applicable');
  });

  it('is undecided when no write was acknowledged', () => {
    expect(judged(check, { rounds: [], trouble: null }).status).toBe('undecided');
    expect(
      judged(check, { rounds: [{ ...round, acknowledged: [], lost: [] }], trouble: 'POST /todos answered 401' }),
    ).toMatchObject({ status: 'undecided', reason: 'POST /todos answered 401' });
  });
});
