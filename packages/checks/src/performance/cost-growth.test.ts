import { describe, expect, it } from 'vitest';
import { exchangeOf, todo } from '../kit/recordings-for-tests.ts';
import { type Answer, contextOf, scripted } from '../kit/scripted-for-tests.ts';
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
});
