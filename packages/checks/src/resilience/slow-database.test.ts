import { describe, expect, it } from 'vitest';
import { exchangeOf, failing, judged } from '../kit/testing/recordings-for-tests.ts';
import { check } from './slow-database.ts';

const served = exchangeOf('GET /todos', 200);
const created = exchangeOf('POST /todos', 201, { body: { id: 1 } });
const recovered = { recovered: true, failed: 0, sent: 12, last: null, cutShort: false };
const passing = {
  before: [served],
  stalled: [served, created, exchangeOf('POST /todos', 503)],
  held: 10,
  recovery: recovered,
  alive: true,
  log: [],
  lost: [],
  trouble: null,
};

describe(check.id, () => {
  it('passes a backend that serves afterwards, whatever it answered meanwhile', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '3 requests under way during a stall of 2.5 s, and all were served afterwards',
    });
  });

  it('tells of one that is broken for good, and of one that ended', () => {
    const last = exchangeOf('GET /todos', 503);
    const broken = { recovered: false, failed: 90, sent: 90, last, cutShort: false };
    expect(judged(check, { ...passing, recovery: broken }).findings).toEqual([
      {
        severity: 'high',
        key: 'does not recover',
        title: '20 s after the database had stalled for 2.5 s, GET /todos answered 503',
      },
    ]);
    expect(judged(check, { ...passing, alive: false, recovery: null }).findings).toMatchObject([{ key: 'ended' }]);
    expect(judged(check, { ...passing, recovery: { ...broken, cutShort: true } }).status).toBe('undecided');
  });

  it('tells of a success that was none', () => {
    const lost = [{ written: created, read: exchangeOf('GET /todos/1', 404) }];
    expect(judged(check, { ...passing, lost }).findings).toMatchObject([{ key: 'lost', severity: 'critical' }]);
  });

  it('tells of a request that is never answered', () => {
    expect(judged(check, { ...passing, stalled: [failing(served, 'timeout')] }).findings).toMatchObject([
      { key: 'hangs', severity: 'medium' },
    ]);
  });

  it('is undecided when the stall touched nothing, or nothing could be asked', () => {
    expect(judged(check, { ...passing, held: 0 }).status).toBe('undecided');
    expect(judged(check, { ...passing, held: 0, elsewhere: true }).status).toBe('not-applicable');
    expect(judged(check, { ...passing, stalled: [], trouble: 'POST /todos answered 401' })).toMatchObject({
      status: 'undecided',
      reason: 'POST /todos answered 401',
    });
  });
});
