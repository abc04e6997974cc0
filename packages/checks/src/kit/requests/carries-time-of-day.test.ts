import { expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { carriesTimeOfDay } from './carries-time-of-day.ts';

it.each([
  ['POST /shifts', { starts: '09:00:00' }, true],
  ['POST /shifts', { days: [{ starts: '09:00:00.5+02:00' }] }, true],
  ['GET /shifts?after=09%3A00%3A00Z', undefined, true],
  ['POST /shifts', { at: '2024-01-01T09:00:00Z', name: 'at 09:00:00' }, false],
  ['GET /shifts?after=2024-01-01', undefined, false],
] as const)('%s with %j: %s', (line, sent, expected) => {
  const { request } = exchangeOf(line, 400, sent === undefined ? {} : { sent: sent as never });
  expect(carriesTimeOfDay(request)).toBe(expected);
});
