import type { Instance, Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { statementsOf } from '../kit/database/statements-for-tests.ts';
import { notes } from '../kit/identity/notes-for-tests.ts';
import { exchangeOf, failing, judged, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './recovers-from-database-restart.ts';

const served = exchangeOf('GET /todos', 200);
const refused = exchangeOf('GET /todos', 503);
const recovered = { recovered: true, failed: 1, sent: 18, last: refused, cutShort: false };
const passing = {
  before: [served],
  writing: 0,
  meanwhile: [refused, refused],
  ended: null,
  log: [],
  recovery: recovered,
};

describe(check.id, () => {
  it('passes a backend that serves again, whatever it answered meanwhile', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '2 of 2 requests failed while it was away, 1 after it was back, then all were answered',
    });
  });

  it('tells of a process that ended, with what it printed', () => {
    const ended = { ...passing, ended: 'meanwhile', recovery: null, log: ['Unhandled error event'] } as const;
    expect(judged(check, ended).findings).toEqual([
      { severity: 'high', key: 'ended', title: 'The backend ended when its database was restarted' },
    ]);
  });

  it('tells which requests were writing when the process ended', () => {
    const writing = failing(exchangeOf('POST /todos', 201), 'reset');
    const ended = {
      ...passing,
      writing: 1,
      meanwhile: [writing, refused],
      ended: 'meanwhile',
      recovery: null,
    } as const;
    const [found] = check.judge(ended, notes).findings;
    expect(found?.detail).toContain('1 request had begun to write just then');
    expect(found?.evidence).toContainEqual(expect.objectContaining({ kind: 'exchange', exchange: writing }));
  });

  it('tells of one that goes on failing, but not when the time was up first', () => {
    const failed = { ...recovered, recovered: false, failed: 500, sent: 500 };
    expect(judged(check, { ...passing, recovery: failed }).findings).toEqual([
      {
        severity: 'high',
        key: 'does not recover',
        title: '20 s after the database was back, GET /todos answered 503',
      },
    ]);
    expect(judged(check, { ...passing, recovery: { ...failed, cutShort: true } }).status).toBe('undecided');
    expect(judged(check, { ...passing, recovery: { ...failed, givenMs: 35_000 } }).findings).toMatchObject([
      { title: '35 s after the database was back, GET /todos answered 503' },
    ]);
  });

  it('tells of a request that hangs as a lesser matter', () => {
    const hanging = failing(served, 'timeout');
    expect(judged(check, { ...passing, meanwhile: [hanging] }).findings).toMatchObject([
      { key: 'hangs', severity: 'low' },
    ]);
  });

  it('tells of an outage that was answered as a short list', () => {
    const list = (length: number) =>
      exchangeOf('GET /todos', 200, { body: { items: Array.from({ length }, () => ({})) } });
    const shorter = [{ before: list(2), meanwhile: list(0), after: list(2), items: [2, 0, 2] as const }];
    expect(judged(check, { ...passing, shorter }).findings).toEqual([
      {
        severity: 'medium',
        key: 'shorter list',
        title: 'GET /todos answered 200 with 0 items while the database was away; there were 2 before and 2 afterwards',
      },
    ]);
  });

  it('does not apply where no statement was ever sent', async () => {
    expect(judged(check, { ...passing, elsewhere: true })).toMatchObject({
      status: 'not-applicable',
      reason: 'the backend sent no statement to the database',
    });
    const statusOf = async (...said: string[]) => {
      const backend = scripted((line) => (line.startsWith('POST') ? [201, { id: 1 }] : [200, { items: [] }]));
      const nothing = (): void => undefined;
      const rule = { hits: 0, last: null, waitForHits: () => Promise.resolve(), release: nothing, remove: nothing };
      const wire: Partial<Wire> = {
        idle: () => Promise.resolve(),
        rule: () => rule,
        statements: () => statementsOf(...said),
        shutDown: nothing,
      };
      const instance: Instance = { ...backend, wire: wire as Wire };
      return judged(check, await check.probe(contextOf(todo, instance))).status;
    };
    expect(await Promise.all([statusOf(), statusOf('INSERT INTO todos (title) VALUES ($1)')])).toEqual([
      'not-applicable',
      'passed',
    ]);
  }, 20_000);

  it('is undecided when nothing could be asked before', () => {
    expect(judged(check, { ...passing, before: [] }).status).toBe('undecided');
  });
});
