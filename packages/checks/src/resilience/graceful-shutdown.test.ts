import type { Instance, Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { statementsOf } from '../kit/database/statements-for-tests.ts';
import { answering, exchangeOf, failing, judged, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './graceful-shutdown.ts';

const created = exchangeOf('POST /todos', 201, { body: { id: 1 } });
const passing = {
  control: [created, created, created],
  inFlight: [created, created, created],
  stop: { exited: true, durationMs: 800 },
  lost: [],
  trouble: null,
};

describe(check.id, () => {
  it('passes a backend that answers what it had taken, and ends', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '3 requests in flight answered, and the process ended',
    });
  });

  it('tells of a request that was cut off, and of one that failed', () => {
    expect(judged(check, { ...passing, inFlight: [created, failing(created, 'reset')] }).findings).toEqual([
      {
        severity: 'medium',
        key: 'in flight cut off',
        title: 'POST /todos was under way when SIGTERM came, and got no whole answer',
      },
    ]);
    expect(judged(check, { ...passing, inFlight: [answering(created, 500)] }).findings).toMatchObject([
      { key: 'in flight failed' },
    ]);
  });

  it('takes a refusal for an answer that was owed, and for no more', () => {
    const refused = { ...passing, control: [answering(created, 409)] };
    expect(judged(check, { ...refused, inFlight: [failing(created, 'reset')] }).findings).toMatchObject([
      { key: 'in flight cut off' },
    ]);
    expect(judged(check, { ...refused, inFlight: [answering(created, 500)] }).status).toBe('undecided');
  });

  it('goes on after requests that are answered before they reach the database', async () => {
    let hits = 0;
    let posts = 0;
    const waiting: (() => void)[] = [];
    const rule = {
      hits: 0,
      last: null,
      release: () => undefined,
      remove: () => undefined,
      waitForHits: (wanted: number) =>
        new Promise<void>((resolve) => (hits >= wanted ? resolve() : waiting.push(resolve))),
    };
    const rules = () => {
      hits = 0;
      return rule;
    };
    const said = statementsOf('INSERT INTO todos (title) VALUES ($1)');
    const wire = { idle: () => Promise.resolve(), rule: rules, statements: () => said } as Partial<Wire> as Wire;
    const backend = scripted((line) => {
      if (!line.startsWith('POST')) return [200, { id: Number(line.split('/').at(-1)) }];
      posts += 1;
      // Every second one is refused by what looks at it before the database does.
      if (posts > 2 && posts % 2 === 1) return [400];
      hits += 1;
      for (const resolve of waiting.splice(0)) resolve();
      return [201, { id: posts }];
    });
    const instance: Instance = {
      ...backend,
      wire,
      send: async (request, options) => {
        const before = hits;
        const exchange = await backend.send(request, options);
        // What is held is answered later than it is seen.
        if (hits > before) await new Promise((resolve) => setTimeout(resolve, 50));
        return exchange;
      },
      stop: () => Promise.resolve({ exited: true, durationMs: 1 }),
      start: () => Promise.resolve({ ready: true, durationMs: 1 }),
    };
    const { control, inFlight } = await check.probe(contextOf(todo, instance));
    expect([control, inFlight].map((answers) => answers.map(({ response }) => response?.status))).toEqual([
      [201, 201, 201],
      [201, 201, 201],
    ]);
  }, 20_000);

  it('does not mind an honest 503', () => {
    expect(judged(check, { ...passing, inFlight: [answering(created, 503)] }).status).toBe('passed');
  });

  it('tells of a process that does not end, and does not blame it for what the kill broke', () => {
    const stop = { exited: false, durationMs: 10_000 };
    expect(judged(check, { ...passing, stop, inFlight: [failing(created, 'reset')] }).findings).toMatchObject([
      { key: 'does not end' },
    ]);
  });

  it('tells of what was acknowledged and is gone', () => {
    const lost = [{ written: created, read: exchangeOf('GET /todos/1', 404) }];
    expect(judged(check, { ...passing, lost }).findings).toMatchObject([{ key: 'lost', severity: 'critical' }]);
  });

  it('tells of nothing that could not be read without a signal either', async () => {
    const lostAmong = async (isKept: (id: number, made: number, isStarted: boolean) => boolean) => {
      let made = 0;
      let isStarted = false;
      const backend = scripted((line) => {
        const key = Number(line.split('/').at(-1)?.split('?')[0]);
        return line.startsWith('POST')
          ? [201, { id: (made += 1) }]
          : [isKept(key, made, isStarted) ? 200 : 404, { id: key }];
      });
      const said = statementsOf('INSERT INTO todos (title) VALUES ($1)');
      const nothing = (): void => undefined;
      const rule = { hits: 12, last: null, waitForHits: () => Promise.resolve(), release: nothing, remove: nothing };
      const wire = { idle: () => Promise.resolve(), rule: () => rule, statements: () => said } as Partial<Wire> as Wire;
      const instance: Instance = {
        ...backend,
        wire,
        stop: () => Promise.resolve({ exited: true, durationMs: 1 }),
        start: () => {
          isStarted = true;
          return Promise.resolve({ ready: true, durationMs: 1 });
        },
      };
      return (await check.probe(contextOf(todo, instance))).lost.map(({ read }) => read.request.target);
    };
    const [pushedOut, lost] = await Promise.all([
      lostAmong((key, made) => key > made - 3),
      lostAmong((key, _made, isStarted) => !isStarted || key <= 5),
    ]);
    expect(pushedOut).toEqual([]);
    expect(lost).toEqual(['/todos/6', '/todos/7', '/todos/8']);
  }, 20_000);

  it('does not apply where no statement is seen, unless the process does not end', () => {
    const unwatched = { ...passing, control: [], inFlight: [], watched: false };
    expect(judged(check, unwatched).status).toBe('not-applicable');
    expect(judged(check, { ...unwatched, stop: { exited: false, durationMs: 10_000 } }).status).toBe('failed');
  });

  it('is undecided when no request was seen, or they fail without a signal as well', () => {
    expect(judged(check, { ...passing, control: [], inFlight: [] }).status).toBe('undecided');
    // By Assay itself, when the time was up.
    expect(judged(check, { ...passing, inFlight: [created, failing(created, 'aborted')] }).status).toBe('undecided');
    expect(
      judged(check, { ...passing, control: [answering(created, 500)], inFlight: [failing(created, 'reset')] }).status,
    ).toBe('undecided');
    expect(judged(check, { ...passing, stop: null, trouble: 'POST /todos answered 401' })).toMatchObject({
      status: 'undecided',
      reason: 'POST /todos answered 401',
    });
  });
});
