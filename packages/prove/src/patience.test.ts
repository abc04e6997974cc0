import type { Exchange } from '@assay/contract';
import { expect, test } from 'vitest';
import { withPatience } from './patience.ts';

const request = { method: 'GET', target: '/slow', operation: 'slow' };
const asked = { id: 'e-1', check: 'test', instance: 'i-1', request: { ...request, headers: [] } };
const silent: Exchange = { ...asked, error: { kind: 'timeout', message: '' }, startedAt: 0, durationMs: 1 };
const answered: Exchange = {
  ...asked,
  response: { status: 200, reason: '', headers: [], body: { text: '' } },
  startedAt: 0,
  durationMs: 1,
};

function waits() {
  const instance = {};
  const given: (number | undefined)[] = [];
  const ask = (exchange: Exchange, operation = 'slow', timeoutMs?: number) =>
    withPatience(instance, { ...request, operation }, timeoutMs === undefined ? {} : { timeoutMs }, (_, options) => {
      given.push(options.timeoutMs);
      return Promise.resolve(exchange);
    });
  return { given, ask };
}

test('an operation that never answers is waited for a shorter time, and no other one', async () => {
  const { given, ask } = waits();
  for (const exchange of [silent, silent, silent, silent]) await ask(exchange);
  await ask(answered, 'quick');
  expect(given).toEqual([undefined, undefined, 5000, 5000, undefined]);
});

test('one answer gives the time back', async () => {
  const { given, ask } = waits();
  for (const exchange of [silent, silent, answered, silent]) await ask(exchange);
  expect(given).toEqual([undefined, undefined, 5000, undefined]);
});

test('a check that says how long it waits is left alone', async () => {
  const { given, ask } = waits();
  for (const exchange of [silent, silent, silent]) await ask(exchange, 'slow', 100);
  await ask(silent);
  expect(given).toEqual([100, 100, 100, undefined]);
});
