import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Ending } from '../protocol.ts';
import { awaitReadiness } from './readiness.ts';

it('takes no answer for a backend’s whose start command has exited meanwhile, whatever is known of its end yet', async () => {
  let asked = false;
  const server = createServer((_, response) => {
    asked = true;
    response.end('from the background');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const ending: Ending = { code: 0, signal: null, survivors: 1 };
  const context = {
    port: (server.address() as AddressInfo).port,
    timeoutMs: 60_000,
    listeners: () => [],
    cpuSeconds: () => 0,
  };
  expect(await awaitReadiness({ ...context, ended: () => (asked ? Promise.resolve(ending) : null) })).toEqual({
    state: 'ended',
    ending,
  });
  expect(await awaitReadiness({ ...context, ended: () => null })).toEqual({ state: 'ready' });
});
