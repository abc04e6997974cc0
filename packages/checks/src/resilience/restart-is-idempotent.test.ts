import type { Instance } from '@assay/contract';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exchangeOf, judged, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './restart-is-idempotent.ts';

const created = exchangeOf('POST /todos', 201, { body: { id: 1 } });
const read = exchangeOf('GET /todos/1', 200, { body: { id: 1, position: 7 } });
const list = { operation: 'listTodos', exchange: exchangeOf('GET /todos', 200), items: 4 };
const good = { outcome: { ready: true, durationMs: 400 }, changed: [], lists: [list] } as const;
const passing = { made: 4, lists: [list], restarts: [good, good], inMemory: false, trouble: null };
const second = (change: object) => judged(check, { ...passing, restarts: [good, { ...good, ...change }] });

describe(check.id, () => {
  it('passes a backend that comes back as it was', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '4 things and 1 list as before after 2 restarts',
    });
  });

  it('tells of one that does not start again', () => {
    const outcome = { ready: false, reason: 'it exited with status 1', log: ['relation "todos" already exists'] };
    expect(second({ outcome }).findings).toEqual([
      {
        severity: 'critical',
        key: 'does not start again',
        title: 'The backend does not start again on its own database: it exited with status 1',
      },
    ]);
  });

  it('tells of what is gone, and of what has changed', () => {
    const gone = { written: created, before: read, after: exchangeOf('GET /todos/1', 404), places: [] };
    expect(second({ changed: [gone] }).findings).toMatchObject([{ key: 'gone' }]);
    const places = [{ place: '/position', was: 7, is: 0 }];
    expect(second({ changed: [{ ...gone, after: read, places }] }).findings).toMatchObject([
      { key: 'changed', title: 'After a restart GET /todos/1 shows 0 at /position, where 7 was' },
    ]);
  });

  it('tells of a list to which each start adds, or from which it takes, and of none that moved once', () => {
    const told = (...items: readonly number[]) =>
      judged(check, {
        ...passing,
        restarts: items.map((each) => ({ ...good, lists: [{ ...list, items: each }] })),
      });
    expect(told(5, 6).findings).toEqual([
      {
        severity: 'high',
        key: 'listTodos grown',
        title: 'Each start adds to what GET /todos lists: 4, then 5, then 6 items',
      },
    ]);
    expect(told(3, 2).findings).toMatchObject([{ key: 'listTodos shrunk', severity: 'critical' }]);
    for (const once of [[5, 5], [4, 5], [5, 4], [5]]) expect(told(...once).status).toBe('passed');
  });

  it('tells of what was served and is not any more', () => {
    const failing = { written: created, before: read, after: exchangeOf('GET /todos/1', 500), places: [] };
    expect(second({ changed: [failing] }).findings).toMatchObject([
      { key: 'not served', title: 'After a restart GET /todos/1 answered 500, and before it 200' },
    ]);
  });

  it('asks for what fails again, for a while', async () => {
    const keysOf = async (statusOf: (readsSinceStart: number) => number) => {
      let made = 0;
      let reads = Number.NEGATIVE_INFINITY;
      const backend = scripted((line) => {
        if (line.startsWith('POST')) return [201, { id: (made += 1) }];
        reads += 1;
        return [reads > 0 ? statusOf(reads) : 200, { id: 1 }];
      });
      const instance: Instance = {
        ...backend,
        stop: () => Promise.resolve({ exited: true, durationMs: 1 }),
        start: () => {
          reads = 0;
          return Promise.resolve({ ready: true, durationMs: 1 });
        },
      };
      return judged(check, await check.probe(contextOf(todo, instance))).findings.map(({ key }) => key);
    };
    expect(await keysOf((reads) => (reads > 2 ? 200 : 503))).toEqual([]);
    vi.useFakeTimers({ toFake: ['performance'], now: 0 });
    onTestFinished(() => void vi.useRealTimers());
    const failing = keysOf(() => (vi.advanceTimersByTime(2000), 500));
    expect(await failing).toEqual(['not served']);
  });

  it('is undecided when nobody is let in any more after a restart', async () => {
    let made = 0;
    let starts = 0;
    const backend = scripted((line) =>
      line.startsWith('POST') ? [201, { id: (made += 1) }] : starts > 0 ? [401] : [200, { id: 1 }],
    );
    const instance: Instance = {
      ...backend,
      stop: () => Promise.resolve({ exited: true, durationMs: 1 }),
      start: () => Promise.resolve({ ready: true, durationMs: (starts += 1) }),
    };
    expect(judged(check, await check.probe(contextOf(todo, instance)))).toMatchObject({
      status: 'undecided',
      reason: expect.stringMatching(/^nothing could be read after a restart: GET \/todos\/\d+ answered 401$/),
    });
  });

  it('tells of a table to which each start adds, and of none that grew once', () => {
    const told = (...rows: readonly number[]) =>
      judged(check, {
        ...passing,
        tables: [{ table: 'accounts', rows: 3 }],
        restarts: rows.map((each) => ({ ...good, tables: [{ table: 'accounts', rows: each }] })),
      });
    expect(told(4, 5).findings).toMatchObject([
      { key: 'accounts grown', title: 'Each start adds to the table accounts: it has 3, then 4, then 5 rows' },
    ]);
    expect(told(4, 4).status).toBe('passed');
    expect(told(4).status).toBe('passed');
  });

  it('does not judge a backend that was meant to keep everything in memory, and is undecided without a thing to look at', () => {
    expect(judged(check, { ...passing, inMemory: true }).status).toBe('not-applicable');
    expect(judged(check, { ...passing, made: 0, trouble: 'POST /todos answered 401' })).toMatchObject({
      status: 'undecided',
      reason: 'POST /todos answered 401',
    });
  });
});
