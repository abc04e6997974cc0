import { describe, expect, it } from 'vitest';
import { todo } from '../kit/recordings-for-tests.ts';
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

  it('is undecided when no list could be filled', async () => {
    const backend = scripted(() => [500, {}]);
    expect(check.judge(await check.probe(contextOf(todo, backend)), todo).status).toBe('undecided');
  });
});
