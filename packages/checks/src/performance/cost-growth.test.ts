import type { Instance, UsageSample, Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { testDatabases } from '../kit/database/database-for-tests.ts';
import { exchangeOf, todo } from '../kit/testing/recordings-for-tests.ts';
import { type Answer, contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './cost-growth.ts';

describe('performance/cost-growth', () => {
  it('fills each list to three sizes, and reads pages, a search and one thing at each', async () => {
    let rows = 0;
    const backend = scripted((line): Answer => {
      if (line.startsWith('POST')) return [201, { id: (rows += 1), title: 'x' }];
      const limit = Number(/limit=(\d+)/.exec(line)?.[1] ?? 20);
      const items = Array.from({ length: Math.min(limit, rows) }, (_, id) => ({ id }));
      return [200, /todos\/\d/.test(line) ? { id: 1 } : { items, next: null }];
    });
    const evidence = await check.probe(contextOf(todo, backend));
    expect(rows).toBeGreaterThanOrEqual(256);
    expect(backend.asked.filter((line) => line.startsWith('GET /todos?limit=5')).length).toBeGreaterThanOrEqual(15);
    expect(check.judge(evidence, todo)).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining('16, 64 and 256 rows'),
    });
  });

  it('finds a page that reads the whole table', () => {
    const measured = [16, 64, 256].map((rows) => ({
      rows,
      items: 10,
      statements: 1,
      rowsRead: rows,
      times: [3, 4, 3],
      exchange: exchangeOf('GET /todos?limit=10', 200, { body: { items: [] } }),
      reads: [],
    }));
    const series = [{ operation: 'listTodos', kind: 'page' as const, measured }];
    const { status, findings } = check.judge({ series, rows: [16, 64, 256], trouble: null }, todo);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toContain('reads 16, 64 and 256 rows as there are 16, 64 and 256 rows');
  });

  it('is undecided when no list could be filled', async () => {
    const backend = scripted(() => [500, {}]);
    expect(check.judge(await check.probe(contextOf(todo, backend)), todo).status).toBe('undecided');
  });

  it('has nothing to say where nothing that is listed can be created', async () => {
    const shown = { description: 'ok', content: { 'application/json': { schema: { type: 'array', items: {} } } } };
    const contract = contractOf({ '/users': { get: { operationId: 'listUsers', responses: { 200: shown } } } });
    const backend = scripted(() => [200, []]);
    expect(check.judge(await check.probe(contextOf(contract, backend)), contract)).toMatchObject({
      status: 'not-applicable',
      reason: 'nothing that is listed can be created',
    });
    expect(check.judge({ series: [], rows: [], trouble: 'POST /users answered 500' }, contract).status).toBe(
      'undecided',
    );
  });

  const note = { type: 'object', properties: { id: { type: 'integer' } } };
  const content = (schema: object) => ({ content: { 'application/json': { schema: schema as typeof note } } });
  const notes = contractOf({
    '/notes': {
      get: {
        operationId: 'listNotes',
        responses: { 200: { description: 'All', ...content({ type: 'array', items: note }) } },
      },
      post: {
        operationId: 'addNote',
        requestBody: content(note),
        responses: { 201: { description: 'Made', ...content(note) } },
      },
    },
  });

  it('makes lists without pages longer still, and finds what compares everything with everything', async () => {
    const databases = await testDatabases();
    const database = await databases.open(
      'CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int)',
    );
    const usage: UsageSample[] = [{ at: 0, cpu: 0, rssBytes: 1 }];
    const works = (ms: number, cpu: number) => usage.push({ at: (usage.at(-1)?.at ?? 0) + ms, cpu, rssBytes: 1 });
    const wire: Partial<Wire> = { mark: () => 0, since: () => [], idle: async () => {} };
    const asking = (cpu: number): Instance => ({
      ...scripted(() => [200]),
      sql: database.sql,
      wire: wire as Wire,
      usage: () => usage,
      send: async ({ method }) => {
        if (method === 'POST') {
          const [made] = await database.sql('INSERT INTO notes (n) VALUES (1) RETURNING id');
          return exchangeOf('POST /notes', 201, { body: { id: Number(made?.['id']) } });
        }
        const rows = await database.sql('SELECT id FROM notes');
        const durationMs = (rows.length / 32) ** 2 / 2;
        works(durationMs, cpu);
        const body = rows.map(({ id }) => ({ id: Number(id) }));
        return { ...exchangeOf('GET /notes', 200, { body }), durationMs };
      },
    });
    const timer = setInterval(() => works(1, 0), 20);
    try {
      const { rows, series, trouble } = await check.probe(contextOf(notes, asking(1)));
      expect(series.map(({ measured }) => measured.at(-1)?.items)).toEqual([1024]);
      expect(check.judge({ rows, series, trouble }, notes).findings[0]?.title).toMatch(
        /^GET \/notes takes .*1024 items$/,
      );
      await database.sql('TRUNCATE notes');
      const waited = await check.probe(contextOf(notes, asking(0.1)));
      expect(check.judge(waited, notes).status).toBe('passed');
    } finally {
      clearInterval(timer);
      await databases.close();
    }
  });
});
