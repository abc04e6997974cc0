import { describe, expect, it } from 'vitest';
import { exchangeOf, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
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

  it('does not blame the kill where it does not start after a stop either', () => {
    const restarted = { ready: false, reason: 'it ended with status 1', log: ['duplicate key'] } as const;
    const told = (startsAfterStop: boolean) =>
      judged(check, { ...passing, rounds: [{ ...round, restarted, startsAfterStop }] });
    expect(told(false)).toMatchObject({ status: 'undecided', reason: expect.stringContaining('killed or not') });
    expect(told(true).findings).toMatchObject([{ key: 'does not start again' }]);
  });

  it('tells one loss, however many there are', () => {
    expect(judged(check, { ...failing, rounds: [...failing.rounds, ...failing.rounds] }).findings).toHaveLength(1);
  });

  it('does not judge a backend that was meant to keep everything in memory', () => {
    const rounds = failing.rounds.map((each) => ({ ...each, inMemory: true }));
    expect(judged(check, { ...failing, rounds }).status).toBe('not-applicable');
  });

  it('tells of a change and of a deletion that were acknowledged and are not there', () => {
    const written = exchangeOf('PATCH /todos/1', 200);
    const read = exchangeOf('GET /todos/1', 200);
    const change = { written, read, place: '/title', sent: 'new', back: 'old' };
    expect(judged(check, { ...passing, changes: { acknowledged: [written], lost: [change] } }).findings).toMatchObject([
      {
        key: 'change lost',
        title:
          'PATCH /todos/1 was acknowledged with 200, the backend was killed, and GET /todos/1 has "old" at /title again, where "new" was sent',
      },
    ]);
    const deletion = { ...change, written: exchangeOf('DELETE /todos/1', 204), place: null, sent: null, back: null };
    expect(
      judged(check, { ...passing, changes: { acknowledged: [written], lost: [deletion] } }).findings,
    ).toMatchObject([
      { key: 'deletion lost', title: expect.stringMatching(/was killed, and GET \/todos\/1 answered 200$/) },
    ]);
  });

  it('counts only what could be read, and is undecided when nothing could', () => {
    const unread = exchangeOf('GET /todos/7', 500);
    const rounds = passing.rounds.map((each) => ({ ...each, shown: 0, unread }));
    const changes = { acknowledged: [unread], told: 0, lost: [] };
    expect(judged(check, { ...passing, rounds, changes })).toMatchObject({
      status: 'undecided',
      reason: 'nothing that was acknowledged could be read after a kill: GET /todos/7 answered 500',
    });
    expect(judged(check, { ...passing, rounds: [{ ...round, shown: 3 }], changes }).reason).toBe(
      '3 acknowledged writes read after 2 kills under load',
    );
  });

  it('tells what became of writes that had no answer', () => {
    const rounds = [{ ...round, settled: { committed: 1, absent: 2 } }];
    expect(judged(check, { ...passing, rounds }).reason).toMatch(
      / under load; of 3 more that had no answer, PostgreSQL had committed 1$/,
    );
  });

  it('is undecided when no write was acknowledged', () => {
    expect(judged(check, { rounds: [], changes: null, trouble: null }).status).toBe('undecided');
    expect(
      judged(check, {
        ...passing,
        rounds: [{ ...round, acknowledged: [], lost: [] }],
        trouble: 'POST /todos answered 401',
      }),
    ).toMatchObject({ status: 'undecided', reason: 'POST /todos answered 401' });
  });
});
