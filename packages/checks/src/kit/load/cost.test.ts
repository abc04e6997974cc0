import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../recordings-for-tests.ts';
import { growthComplaint, type Measured, type Series } from './cost.ts';

const sizes = [16, 64, 256] as const;

function series(kind: Series['kind'], measured: readonly Partial<Measured>[]): Series {
  return {
    operation: 'listTodos',
    kind,
    measured: measured.map((change, index) => ({
      rows: sizes[index] ?? 0,
      items: 10,
      statements: 1,
      rowsRead: 10,
      times: [3, 4, 3],
      exchange: exchangeOf('GET /todos?limit=10', 200, { body: { items: [] } }),
      reads: [],
      ...change,
    })),
  };
}

const read = (values: readonly number[], items?: readonly number[]) =>
  values.map((rowsRead, index) => ({ rowsRead, ...(items === undefined ? {} : { items: items[index] ?? 0 }) }));

describe('growthComplaint', () => {
  it('lets a page cost what a page costs, with something constant beside it', () => {
    expect(growthComplaint(series('page', read([11, 11, 11])))).toBeNull();
    expect(growthComplaint(series('page', read([30, 40, 45])))).toBeNull();
  });

  it('finds a page that reads the whole table, and a search, and one thing', () => {
    expect(growthComplaint(series('page', read([16, 64, 256])))?.title).toBe(
      'GET /todos?limit=10 reads 16, 64 and 256 rows as there are 16, 64 and 256 rows, for the 10 it answers with',
    );
    expect(growthComplaint(series('search', read([16, 64, 256], [0, 0, 0])))?.key).toBe('listTodos search rows');
    expect(growthComplaint(series('one', read([17, 65, 257], [1, 1, 1])))?.key).toBe('listTodos one rows');
  });

  it('leaves a page alone that became longer', () => {
    expect(growthComplaint(series('page', read([16, 64, 100], [16, 64, 100])))).toBeNull();
  });

  it('lets a list without pages cost in proportion, and finds more than that', () => {
    expect(growthComplaint(series('all', read([32, 128, 512], [16, 64, 256])))).toBeNull();
    expect(growthComplaint(series('all', read([256, 4096, 65_536], [16, 64, 256])))?.key).toBe('listTodos all rows');
    const statements = [10, 160, 1000].map((n, index) => ({ statements: n, items: [10, 40, 100][index] ?? 0 }));
    expect(growthComplaint(series('length', statements))?.key).toBe('listTodos length statements');
  });

  it('believes time only when it is long and clear', () => {
    const timed = (...times: readonly (readonly number[])[]) =>
      series(
        'all',
        times.map((each, index) => ({ times: each, items: sizes[index] ?? 0, rowsRead: sizes[index] ?? 0 })),
      );
    expect(growthComplaint(timed([2, 3], [30, 35], [480, 500]))?.key).toBe('listTodos all time');
    expect(growthComplaint(timed([2, 3], [30, 90], [480, 500]))).toBeNull();
    expect(growthComplaint(timed([0.2, 0.3], [3, 3], [48, 50]))).toBeNull();
  });
});
