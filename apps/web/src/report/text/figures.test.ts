import { expect, it } from 'vitest';
import { count, duration, moment, size } from './figures.ts';

it('says figures as people read them', () => {
  expect([count(1, 'request'), count(4738, 'request'), count(2, 'query', 'queries')]).toEqual([
    '1 request',
    '4,738 requests',
    '2 queries',
  ]);
  expect([0.843, 9.96, 12.4, 999, 999.7, 3421, 59_940, 59_990, 120_000, 125_400].map(duration)).toEqual([
    '0.84 ms',
    '10 ms',
    '12 ms',
    '999 ms',
    '1 s',
    '3.42 s',
    '59.9 s',
    '1 min',
    '2 min',
    '2 min 5 s',
  ]);
  expect([12, 1024, 123_456_789].map(size)).toEqual(['12 B', '1 KiB', '118 MiB']);
  expect(moment('2026-11-22T21:14:23.123Z')).toBe('2026-11-22 21:14 UTC');
});
