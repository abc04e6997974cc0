import { describe, expect, it } from 'vitest';
import { exchangeOf, failing, judged } from '../kit/testing/recordings-for-tests.ts';
import { check } from './slow-clients.ts';

const served = exchangeOf('GET /todos', 200);
const late = failing(served, 'timeout');
const recovery = { recovered: true, failed: 0, sent: 12, last: null, cutShort: false };
const fine = { meanwhile: [served, served], holding: 16, recovery };
const locked = { meanwhile: [late, late], holding: 16, recovery };
const passing = { before: [served], rounds: [fine], alive: true, log: [] };

describe(check.id, () => {
  it('passes when somebody else is answered, or when slow connections are closed', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '2 of 2 ordinary requests answered beside 16 slow clients',
    });
    expect(judged(check, { ...passing, rounds: [{ ...fine, meanwhile: [late, served] }] }).status).toBe('passed');
  });

  it('tells when nobody else was served, twice', () => {
    expect(judged(check, { ...passing, rounds: [locked, locked] }).findings).toMatchObject([
      { key: 'locked out', severity: 'medium' },
    ]);
    const turnedAway = { ...locked, meanwhile: [exchangeOf('GET /todos', 503), failing(served, 'reset')] };
    expect(judged(check, { ...passing, rounds: [turnedAway, turnedAway] }).findings).toMatchObject([
      { key: 'locked out', title: 'Beside 16 slow clients nobody else was served: GET /todos answered 503' },
    ]);
    expect(judged(check, { ...passing, rounds: [{ ...turnedAway, holding: 0 }] }).status).toBe('passed');
  });

  it('is undecided when it happened once, or could be tried only once', () => {
    expect(judged(check, { ...passing, rounds: [locked, fine] }).status).toBe('undecided');
    expect(judged(check, { ...passing, rounds: [locked] }).status).toBe('undecided');
    expect(judged(check, { ...passing, before: [], rounds: [] }).status).toBe('undecided');
    const stopped = { ...locked, meanwhile: [failing(served, 'aborted')] };
    expect(judged(check, { ...passing, rounds: [stopped] }).reason).toBe(
      'the time was up before anybody else was served',
    );
  });

  it('tells of a backend that ended, or does not serve when they have gone', () => {
    expect(judged(check, { ...passing, alive: false }).findings).toMatchObject([{ key: 'ended' }]);
    const stuck = { recovered: false, failed: 9, sent: 9, last: late, cutShort: false };
    expect(judged(check, { ...passing, rounds: [{ ...fine, recovery: stuck }] }).findings).toMatchObject([
      { key: 'does not recover', severity: 'high' },
    ]);
  });
});
