import { afterEach, expect, test, vi } from 'vitest';
import { localDay } from './local-day.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['America/New_York', '2026-01-05T20:00:00-05:00', '2026-01-05'],
  ['Pacific/Auckland', '2026-01-06T08:00:00+13:00', '2026-01-06'],
  ['UTC', '2026-01-05T23:59:59Z', '2026-01-05'],
])('in %s, %s is on %s', (zone, at, day) => {
  vi.stubEnv('TZ', zone);
  expect(new Date(localDay(Date.parse(at)) * 86_400_000).toISOString()).toBe(`${day}T00:00:00.000Z`);
});

test('a day that is an hour shorter is a day', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const [before, after] = ['2026-03-29T00:30:00+01:00', '2026-03-30T00:15:00+02:00'];
  expect(localDay(Date.parse(after)) - localDay(Date.parse(before))).toBe(1);
});
