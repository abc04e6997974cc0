import { type Exchange, type Instance, isJsonObject, type Wire } from '@assay/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { exchangeOf, failing, judged, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './connections-released.ts';

const none = (): void => undefined;

/** The proxy of a backend whose connections are counted, and nothing else of it is looked at. */
const handle = { hits: 0, last: null, waitForHits: () => Promise.resolve(), release: none, remove: none };
const wire = { rule: () => handle, statements: () => [], idle: async () => undefined } as Partial<Wire> as Wire;

describe(check.id, () => {
  const batch = {
    operation: 'patchTodo',
    how: 'fails its condition',
    requests: 22,
    last: exchangeOf('PATCH /todos/1', 412),
    before: 2,
    after: 3,
    inTransaction: 0,
    inVain: false,
    again: null,
    blocked: null,
  };
  const judge = (change: object) =>
    judged(check, { batches: [{ ...batch, ...change }], ordinary: null, usesDatabase: true, trouble: null });

  it('passes when nothing is left behind', () => {
    expect(judge({})).toMatchObject({ status: 'passed', reason: '22 requests that ended in 1 way' });
    expect(judge({ inTransaction: 1, after: 12 }).status).toBe('passed');
  });

  it('tells of connections that stay in a transaction', () => {
    expect(judge({ inTransaction: 10 }).findings).toEqual([
      {
        severity: 'high',
        key: 'patchTodo fails its condition',
        title:
          'After 22 requests of which each fails its condition (patchTodo), 10 connections stay in an open transaction',
      },
    ]);
  });

  it('tells of one connection in a transaction, where the same request waits for what it keeps', () => {
    const last = failing({ ...exchangeOf('PATCH /todos/1', 412), durationMs: 3000 }, 'timeout');
    expect(judge({ requests: 2, inVain: true, last }).findings).toMatchObject([
      {
        title:
          'After a request that fails its condition (patchTodo) its connection stays in an open transaction, and PATCH /todos/1 got no whole answer within 3 s',
      },
    ]);
  });

  it('tells of an empty pool', () => {
    const blocked = failing({ ...exchangeOf('GET /todos', 200), durationMs: 8000 }, 'timeout');
    expect(judge({ blocked }).findings).toMatchObject([
      {
        title:
          'After 22 requests of which each fails its condition (patchTodo), GET /todos got no whole answer within 8 s',
      },
    ]);
  });

  it('tells of connections that only become more, twice', () => {
    expect(judge({ after: 24, again: 26 }).status).toBe('passed');
    expect(judge({ after: 24, again: 46 }).status).toBe('failed');
    // Threads of which each keeps its own connection.
    expect(judge({ before: 5, after: 17, again: 31 }).status).toBe('passed');
    // After two requests a pool is still opening connections.
    expect(judge({ requests: 2, before: 2, after: 4, again: 6 }).status).toBe('passed');
  });

  it('does not apply without statements, and is undecided without requests', () => {
    const none = { batches: [], ordinary: null, trouble: null };
    expect(judged(check, { ...none, usesDatabase: false }).status).toBe('not-applicable');
    expect(judged(check, { ...none, usesDatabase: true }).status).toBe('undecided');
  });

  /** How many batches end with an ordinary request that waits in vain, where reading what is not there takes the last connection. */
  const blockedWhere = async (refusal: Pick<Exchange, 'durationMs' | 'error'>, contract = todo) => {
    let isOut = false;
    const backend = scripted((line) => {
      isOut ||= line.startsWith('GET /todos/') && line !== 'GET /todos/1';
      return line.startsWith('POST') ? [201, { id: 1 }] : [isOut ? 503 : 200, { id: 1, items: [] }];
    });
    const instance: Instance = {
      ...backend,
      wire,
      sql: () => Promise.resolve([]),
      send: async (request) => {
        const answer = await backend.send(request);
        return isOut && answer.response?.status === 503 ? { ...answer, ...refusal } : answer;
      },
    };
    const { batches } = await check.probe(contextOf(contract, instance));
    return batches.filter(({ blocked }) => blocked !== null).length;
  };

  describe('beside workers of the backend’s own', () => {
    afterEach(() => vi.restoreAllMocks());

    /** @param busy which connections are in a transaction, where so much time has gone since the first request that fails */
    const foundWhere = async (busy: (sinceMs: number) => number) => {
      let clock = 0;
      let began = Infinity;
      vi.spyOn(performance, 'now').mockImplementation(() => (clock += 500));
      const backend = scripted((line) => {
        const isMissing = /\/todos\/(?!1$)/.test(line);
        if (isMissing) began = Math.min(began, clock);
        return line.startsWith('POST') ? [201, { id: 1 }] : [isMissing ? 404 : 200, { id: 1, items: [] }];
      });
      const sql = async () =>
        Array.from({ length: busy(clock - began) }, (_, pid) => ({ pid, state: 'idle in transaction' }));
      const { batches } = await check.probe(contextOf(todo, { ...backend, wire, sql }));
      return judged(check, { batches, ordinary: null, usesDatabase: true, trouble: null }).status;
    };

    it('knows whose locks a request waits for that is not answered any more', async () => {
      const heldBy = async (holder: number) => {
        let clock = 0;
        vi.spyOn(performance, 'now').mockImplementation(() => (clock += 500));
        const backend = scripted((line) => [line.startsWith('POST') ? 201 : 200, { id: 1, items: [] }]);
        const instance: Instance = {
          ...backend,
          wire,
          sql: async (text) =>
            text.includes('pg_blocking_pids') ? [{ pid: holder }] : [{ pid: 7, state: 'idle in transaction' }],
          send: async (request) => {
            const answer = await backend.send(request);
            return /\/todos\/(?!1$)/.test(request.target) ? failing(answer, 'timeout') : answer;
          },
        };
        const { batches } = await check.probe(contextOf(todo, instance));
        return batches.some(({ inVain }) => inVain);
      };
      expect(await heldBy(7)).toBe(true);
      expect(await heldBy(8)).toBe(false);
    });

    it('counts what was not in a transaction before, and stays in one for long', async () => {
      expect(await foundWhere(() => 3)).toBe('passed');
      expect(await foundWhere((since) => (since > 0 && since < 5000 ? 3 : 0))).toBe('passed');
      expect(await foundWhere((since) => (since > 0 ? 3 : 0))).toBe('failed');
    });
  });

  it('does not take what is refused at once for an empty pool', async () => {
    expect(await blockedWhere({ durationMs: 3 })).toBe(0);
    expect(await blockedWhere({ durationMs: 2500 })).toBe(1);
  });

  it('asks for what is there already, where that is refused', async () => {
    const known = new Set<string>();
    const asked = async (unique: boolean) => {
      const backend = scripted((line, body) => {
        const text = JSON.stringify(body ?? null);
        const isTaken = unique && line === 'POST /todos' && known.has(text);
        if (line === 'POST /todos') known.add(text);
        return isTaken ? [409, {}] : line.startsWith('POST') ? [201, { id: 1 }] : [200, { id: 1, items: [] }];
      });
      const { batches } = await check.probe(contextOf(todo, { ...backend, wire, sql: () => Promise.resolve([]) }));
      return batches.filter(({ how }) => how === 'says what is there already').map(({ operation }) => operation);
    };
    expect(await asked(true)).toEqual(['createTodo']);
    expect(await asked(false)).toEqual([]);
  });

  it('finds out what empties a small pool, where it is empty before that is tried', async () => {
    const pool = 2;
    const asked = async (leaks: boolean) => {
      let taken = 0;
      const backend = scripted((line, body) => {
        // Every ordinary title is taken, so whoever makes something is refused first.
        const isTaken = line === 'POST /todos' && isJsonObject(body) && !String(body['title']).includes('word');
        if (isTaken && leaks) taken += 1;
        return isTaken ? [409, {}] : line.startsWith('POST') ? [201, { id: 1 }] : [200, { id: 1, items: [] }];
      });
      const instance: Instance = {
        ...backend,
        wire,
        sql: () => Promise.resolve([]),
        kill: async () => {
          taken = 0;
        },
        start: async () => ({ ready: true, durationMs: 1 }),
        send: async (request) =>
          taken < pool
            ? backend.send(request)
            : failing(exchangeOf(`${request.method} ${request.target}`, 200), 'timeout'),
      };
      const { batches } = await check.probe(contextOf(todo, instance));
      return batches.filter(({ blocked }) => blocked !== null).map(({ operation, how }) => `${operation} ${how}`);
    };
    expect(await asked(true)).toEqual(['createTodo is refused with 409']);
    expect(await asked(false)).toEqual([]);
  });

  it('sees an empty pool where no list can be asked for, but one thing', async () => {
    const operations = todo.operations.filter(({ id }) => id !== 'listTodos' && id !== 'listTags');
    expect(await blockedWhere({ durationMs: 2500 }, { ...todo, operations })).toBe(1);
  });
});
