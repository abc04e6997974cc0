import { expect, test } from 'vitest';
import { aboutMinutes, clock, until } from './words.ts';

test('times are told as a person reads them', () => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  expect(until('2026-03-01T10:10:00Z', now)).toBe('in 10 minutes');
  expect(until('2026-03-02T10:00:00Z', now)).toBe('tomorrow');
  expect(until('2026-04-01T10:00:00Z', now)).toBe('in 4 weeks');
  expect(until('2026-02-01T10:00:00Z', now)).toBe('in 1 minute');
  expect([clock(245), clock(-3), aboutMinutes(290), aboutMinutes(20)]).toEqual([
    '4:05',
    '0:00',
    'about 5 minutes',
    'about 1 minute',
  ]);
});
