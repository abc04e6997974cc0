import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCanary } from './canary.ts';
import { launchBackend } from './launch-backend.ts';
import { askJson } from './testing/ask.ts';
import { sandboxes } from './testing/sandboxes.ts';
import { temporaryBackend } from './testing/temporary-backend.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Answers what it fetched from that address. */
const fetching = (path: string): string => `
  const http = require('node:http');
  http.createServer(async (request, response) => {
    if (request.url !== '/') return response.writeHead(404).end();
    try {
      response.end(JSON.stringify(await (await fetch(${path})).text()));
    } catch (error) { response.end(JSON.stringify(String(error.cause ?? error))); }
  }).listen(process.env.PORT, process.env.HOST);`;

describe.each(sandboxes)('a canary with %s', (_name, choose) => {
  it('is reached by the backend, also after it was started again, and by nobody once it is closed', async () => {
    const abort = new AbortController();
    const temporary = temporaryBackend({
      'server.js': fetching(`'http://127.0.0.1:' + request.headers['x-port'] + '/token-1'`),
    });
    undo.push(() => temporary.remove());
    const outcome = await launchBackend(temporary.built, {
      sandbox: await choose(),
      scratch: join(temporary.root, 'scratch'),
      database: null,
      readinessTimeoutMs: 20_000,
    });
    if (!outcome.launched) throw new Error(outcome.failure.message);
    const { backend } = outcome;
    undo.push(() => backend.close());
    const canary = await openCanary((onConnection) => backend.listen(onConnection));
    undo.push(() => canary.close());
    const port = canary.authority.split(':')[1] ?? '';
    const ask = () => askJson<string>(() => backend.connect(), '/', `X-Port: ${port}\r\n`);

    expect(canary.hits()).toEqual([]);
    expect(await ask()).toBe(canary.answer('token-1'));
    expect(await canary.waitFor('token-1', 10_000, abort.signal)).toBe(true);
    expect(canary.hits()).toMatchObject([{ line: 'GET /token-1' }]);
    expect(canary.url('token-1')).toBe(`http://127.0.0.1:${port}/token-1`);
    expect(canary.answer('token-1')).not.toContain('token-1');
    expect(await canary.waitFor('token-2', 1, abort.signal)).toBe(false);

    await backend.kill();
    expect(await backend.start()).toMatchObject({ started: true });
    await ask();
    expect(canary.hits()).toHaveLength(2);
  });
});
