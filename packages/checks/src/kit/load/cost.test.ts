import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { growthComplaint, mayBeSteep, type Measured, type Series } from './cost.ts';

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

  describe('of a list that was made longer still', () => {
    const [lengths, ordinary] = [
      [16, 64, 256, 1024],
      [1, 6, 90],
    ] as const;
    const longer = (last: Partial<Measured>) => {
      const first = ordinary.map((ms, index) => ({
        times: [ms, ms + 2],
        items: lengths[index] ?? 0,
        rowsRead: lengths[index] ?? 0,
      }));
      return series('all', [...first, { items: 1024, rowsRead: 1024, ...last }]);
    };

    it('finds work that grows with its square, with the power over all sizes', () => {
      const steep = longer({ times: [1440, 1500], cpuMs: 1400 });
      expect(mayBeSteep(steep)).toBe(true);
      expect(growthComplaint(steep)).toMatchObject({
        key: 'listTodos all time',
        title: 'GET /todos?limit=10 takes 1, 6, 90, 1440 ms for 16, 64, 256, 1024 items',
        detail: expect.stringMatching(/fitted power is 1\.8 \(1\.\d–2\.\d\)\. .* used 1400 ms of CPU time/),
      });
    });

    it('blames nobody for a machine that did other things, or for what was not measured', () => {
      expect(growthComplaint(longer({ times: [1440, 1500], cpuMs: 370 }))).toBeNull();
      expect(growthComplaint(longer({ times: [1440, 1500], cpuMs: null }))).toBeNull();
      expect(growthComplaint(longer({ times: [370, 400], cpuMs: 1400 }))).toBeNull();
      expect(mayBeSteep(longer({ times: [370, 400] }))).toBe(false);
    });
  });
});
