import { expect, it } from 'vitest';
import { mayBeAskedAgain } from './asked-again.ts';

it.each([
  [
    'what measures time has missed',
    ['performance/cost-growth', 'queries/bounded-result'],
    ['queries/bounded-result'],
    true,
  ],
  ['what measures nothing has missed as well', ['performance/cost-growth', 'queries/bounded-result'], [], false],
  ['what measures nothing has missed', ['data/no-lost-update'], [], false],
  ['nothing has missed', ['performance/latency'], ['performance/latency', 'http/charset'], false],
])('a mutant that %s', (_, expected, caughtBy, again) => {
  expect(mayBeAskedAgain({ expected, caughtBy })).toBe(again);
});
