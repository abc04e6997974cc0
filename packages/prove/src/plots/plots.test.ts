import { expect, it } from 'vitest';
import { growthOf, powerFit } from './growth.ts';
import { latencySeries } from './latency.ts';
import { quantile } from './quantile.ts';
import { statementsOf, thinned } from './read-plots.ts';
import { timelineOf } from './timeline.ts';

it('takes quantiles by nearest rank', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(quantile([7], 0.01)).toBe(7);
  expect(quantile([], 0.5)).toBe(0);
});

it('counts every request in one class, over all and by operation', () => {
  const timed = Array.from({ length: 1000 }, (_, index) => ({
    operation: index % 4 === 0 ? 'slow' : index % 4 === 1 ? null : 'quick',
    ms: index % 4 === 0 ? 100 + index : 0.05 + index / 100,
  }));
  const series = latencySeries(timed);
  expect(series.map(({ operation, requests }) => [operation, requests])).toEqual([
    [null, 1000],
    ['quick', 500],
    ['slow', 250],
  ]);
  for (const { counts, bounds, requests } of series) {
    expect(counts).toHaveLength(bounds.length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(requests);
  }
  expect(series[2]?.p50).toBeGreaterThan(100);
  expect(latencySeries([])).toEqual([]);
});

it('cuts a run into equal stretches, empty ones too', () => {
  const timeline = timelineOf(
    [
      { at: 130, ms: 4, failed: false },
      { at: 140, ms: 6, failed: true },
      { at: 450, ms: 8, failed: false },
    ],
    [131, 132, 451, 9000],
  );
  expect(timeline.map(({ at, requests, failed, statements, p50 }) => [at, requests, failed, statements, p50])).toEqual([
    [100, 2, 1, 2, 4],
    [200, 0, 0, 0, null],
    [300, 0, 0, 0, null],
    [400, 1, 0, 1, 8],
  ]);
  const long = timelineOf(
    Array.from({ length: 500 }, (_, index) => ({ at: index * 4000, ms: 1, failed: false })),
    [],
  );
  expect(long.length).toBeLessThanOrEqual(161);
  expect(long.reduce((sum, { requests }) => sum + requests, 0)).toBe(500);
});

it('names the request with the most statements', () => {
  const requests = ['a', 'b', 'c', 'd'].map((id) => ({ id, operation: id === 'd' ? null : 'list' }));
  expect(
    statementsOf(
      requests,
      new Map([
        ['a', 2],
        ['b', 9],
        ['d', 50],
      ]),
    ),
  ).toEqual([{ operation: 'list', requests: 2, least: 2, median: 2, most: 9, worst: 'b' }]);
});

it('fits a power law', () => {
  const fit = powerFit([16, 64, 256].map((size) => [size, 3 * size ** 2]));
  expect(fit?.exponent).toBeCloseTo(2);
  expect(fit?.factor).toBeCloseTo(3);
  expect(
    powerFit([
      [16, 4],
      [16, 5],
      [64, null],
      [64, 0],
    ]),
  ).toBeNull();
});

it('reads the evidence of cost-growth, and nothing of another form', () => {
  const measured = [16, 64, 256].map((rows) => ({ rows, items: 5, statements: 2, rowsRead: rows, times: [3, 2.5] }));
  expect(
    growthOf({
      series: [
        { operation: 'list', kind: 'page', measured },
        { operation: 'x', kind: 'other', measured },
      ],
    }),
  ).toMatchObject([
    { operation: 'list', over: 'rows', fit: { rowsRead: { exponent: 1, factor: 1 }, statements: { exponent: 0 } } },
  ]);
  for (const other of [null, 7, {}, { series: 3 }, { series: [{ operation: 'x', kind: 'page', measured: [null] }] }])
    expect(growthOf(other)).toEqual([]);
});

it('keeps the peaks when it thins', () => {
  const samples = Array.from({ length: 1000 }, (_, at) => ({ at, cpu: 0, rssBytes: at === 501 ? 99 : 1 }));
  const few = thinned(samples, 100);
  expect(few).toHaveLength(100);
  expect(few.some(({ rssBytes }) => rssBytes === 99)).toBe(true);
});
