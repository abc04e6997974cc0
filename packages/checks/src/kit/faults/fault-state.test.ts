import { describe, expect, it } from 'vitest';
import { type Said, statementsOf } from '../database/statements-for-tests.ts';
import { pointsOf } from '../races/interleave-points.ts';
import { exchangeOf, firstOf } from '../testing/recordings-for-tests.ts';
import { type CutRun, cutPlans, ranAside } from './cut-runs.ts';
import { cutRuns } from './cuts-for-tests.ts';
import { separateMainWrites, separateWrites, stateOf } from './fault-state.ts';

const none = { changed: [], unchanged: [] } as const;
const point = firstOf(pointsOf(statementsOf('INSERT INTO t VALUES (1)')));
const cut = (change: Partial<CutRun>, status = 500): CutRun => ({
  exchange: exchangeOf('POST /todos', status),
  effects: {},
  itemDifferences: [],
  tables: {},
  reads: [],
  statements: [],
  point,
  index: 0,
  when: 'after',
  unknown: false,
  aside: false,
  shown: none,
  stored: none,
  ...change,
});

describe('stateOf', () => {
  it('takes the API for the proof', () => {
    expect(stateOf(cut({ shown: { changed: ['items of listTodos'], unchanged: ['item, /tags'] } }))).toBe('half');
    expect(stateOf(cut({ shown: { changed: ['a'], unchanged: [] }, stored: { changed: ['t'], unchanged: [] } }))).toBe(
      'whole',
    );
    expect(stateOf(cut({ shown: { changed: [], unchanged: ['a'] }, stored: { changed: [], unchanged: ['t'] } }))).toBe(
      'nothing',
    );
  });

  it('knows what was acknowledged and is not there', () => {
    const gone = { shown: { changed: [], unchanged: ['a'] }, stored: { changed: [], unchanged: ['t'] } };
    expect(stateOf(cut(gone, 201))).toBe('lost');
    expect(stateOf(cut(gone, 500))).toBe('nothing');
    // It was only accepted.
    expect(stateOf(cut(gone, 202))).toBe('nothing');
  });

  it('leaves open what only the tables show, and lets logs be written on their own', () => {
    expect(stateOf(cut({ stored: { changed: ['orders'], unchanged: ['lines'] } }))).toBe('half-stored');
    expect(stateOf(cut({ stored: { changed: ['audit_log'], unchanged: ['orders'] } }))).not.toBe('half-stored');
    expect(stateOf(cut({ stored: { changed: ['orders'], unchanged: ['activities'] } }))).not.toBe('half-stored');
  });

  it.each([
    ['POST /api/activities/7/join?now=1', 'activities', 'members'],
    ['POST /leave-requests/7/approve', 'LeaveRequest', 'balances'],
  ])('takes what the path names for what the request is for: %s', (line, own, other) => {
    const exchange = exchangeOf(line, 500);
    expect(stateOf(cut({ exchange, stored: { changed: [other], unchanged: [own] } }))).toBe('half-stored');
  });
});

it('leaves open what was cut beside a request that did not notice', () => {
  const shown = { changed: ['items of listOrders'], unchanged: ['items of listInvoices'] };
  expect(stateOf(cut({ shown, aside: true }, 201))).toBe('half-aside');
  expect(stateOf(cut({ shown, aside: true }, 500))).toBe('half');
  expect(stateOf(cut({ shown, aside: false }, 201))).toBe('half');
  expect(stateOf(cut({ shown, aside: false }, 202))).toBe('half-aside');
});

it('tells what runs on another connection than the first write, or after the answer', () => {
  const exchange = exchangeOf('POST /orders', 201);
  const aside = (connection: number, startedAt: number) => {
    const statements = statementsOf('SELECT 1', 'INSERT INTO orders VALUES (1)', 'INSERT INTO invoices VALUES (1)');
    const [, , last] = pointsOf(statements);
    const left = {
      exchange: { ...exchange, durationMs: 3 },
      statements: statements.map((one, index) => (index === 2 ? { ...one, connection, startedAt } : one)),
    };
    return last === undefined ? null : ranAside(left, last, connection);
  };
  expect(aside(1, 2)).toBe(false);
  expect(aside(2, 2)).toBe(true);
  expect(aside(1, 4)).toBe(true);
});

describe('cutPlans', () => {
  it('cuts between two writes, and around the commit', () => {
    const points = pointsOf(
      statementsOf(['BEGIN', 1], ['INSERT INTO a VALUES (1)', 1], ['INSERT INTO b VALUES (1)', 1], ['COMMIT', 1]),
    );
    expect(cutPlans(points).map(({ index, when, unknown }) => `${when} ${index}${unknown ? '?' : ''}`)).toEqual([
      'after 1',
      'before 3',
      'after 3?',
    ]);
  });

  it('cuts between two transactions where the first of them is committed', () => {
    const points = pointsOf(
      statementsOf(
        ['BEGIN', 1],
        ['INSERT INTO a VALUES (1)', 1],
        ['COMMIT', 1],
        ['BEGIN', 2],
        ['INSERT INTO b VALUES (1)', 2],
        ['COMMIT', 2],
      ),
    );
    expect(cutPlans(points).map(({ index, when }) => `${when} ${index}`)).toEqual(['before 4', 'before 5', 'after 5']);
  });

  it('cuts around the last write where nothing is committed', () => {
    const points = pointsOf(statementsOf('INSERT INTO a VALUES (1)', 'INSERT INTO b VALUES (1)'));
    expect(cutPlans(points).map(({ index, when, unknown }) => `${when} ${index}${unknown ? '?' : ''}`)).toEqual([
      'after 0',
      'before 1',
      'after 1?',
    ]);
  });

  it('has nothing to cut where nothing is written', () => {
    expect(cutPlans(pointsOf(statementsOf('SELECT 1')))).toEqual([]);
  });
});

it('counts the transactions in which a request writes', () => {
  const writes = (...texts: readonly Said[]): number => {
    const statements = statementsOf(...texts);
    return separateWrites({ points: pointsOf(statements) });
  };
  expect(writes(['INSERT INTO a VALUES (1)', 1], ['INSERT INTO b VALUES (1)', 1])).toBe(1);
  expect(writes('INSERT INTO a VALUES (1)', ['INSERT INTO b VALUES (1)', 1])).toBe(2);
  expect(writes('INSERT INTO a VALUES (1)', 'INSERT INTO b VALUES (1)')).toBe(2);
});

it('counts the transactions in which a request writes what it is for', () => {
  const writes = (line: string, ...texts: readonly Said[]): number => {
    const runs = cutRuns(true);
    const whole = { ...runs.whole, exchange: exchangeOf(line, 200) };
    return separateMainWrites({ whole, points: pointsOf(statementsOf(...texts)) });
  };
  expect(writes('PATCH /tasks/7', 'UPDATE sessions SET seen = 1', 'UPDATE tasks SET a = 1')).toBe(1);
  expect(writes('POST /tasks/7/close', 'UPDATE tasks SET a = 1', 'UPDATE projects SET n = 1')).toBe(2);
  expect(writes('POST /events/7/cancel', 'UPDATE events SET a = 1', 'UPDATE tickets SET a = 1')).toBe(2);
});
