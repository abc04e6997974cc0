import { statementsOf } from '../database/statements-for-tests.ts';
import { pointsOf } from '../races/interleave-points.ts';
import { exchangeOf, firstOf } from '../testing/recordings-for-tests.ts';
import type { CutRun, FaultRuns } from './cut-runs.ts';
import type { Left, Parts } from './left-behind.ts';

const nothing: Parts = { changed: [], unchanged: [] };

/** A request that inserts into two tables, in one transaction or in two, and was cut behind its first write. */
export function cutRuns(separate: boolean, cut: Partial<CutRun> & { readonly status?: number } = {}): FaultRuns {
  const inserts = ['INSERT INTO orders VALUES ($1)', 'INSERT INTO lines VALUES ($1)'] as const;
  const statements = separate
    ? statementsOf(...inserts)
    : statementsOf(['BEGIN', 1], [inserts[0], 1], [inserts[1], 1], ['COMMIT', 1]);
  const points = pointsOf(statements);
  const { status = 500, ...change } = cut;
  const left = (answered: number): Left => ({
    exchange: exchangeOf('POST /orders', answered),
    effects: { 'items of listOrders': 1 },
    itemDifferences: [],
    tables: { orders: { added: 1, removed: 0 }, lines: { added: 1, removed: 0 } },
    reads: [],
    statements,
  });
  const point = firstOf(points.filter(({ access }) => access.kind === 'write'));
  const run: CutRun = {
    ...left(status),
    point,
    index: 0,
    when: 'after',
    unknown: false,
    aside: false,
    shown: nothing,
    stored: nothing,
    ...change,
  };
  return { operation: 'createOrder', whole: left(201), points, cuts: [run] };
}

export const half = {
  shown: { changed: ['items of listOrders'], unchanged: ['item of listOrders, /lines'] },
  stored: { changed: ['orders'], unchanged: ['lines'] },
} as const;

export const undone = {
  shown: { changed: [], unchanged: ['items of listOrders'] },
  stored: { changed: [], unchanged: ['orders', 'lines'] },
} as const;

export const onlyStored = { shown: nothing, stored: half.stored } as const;
