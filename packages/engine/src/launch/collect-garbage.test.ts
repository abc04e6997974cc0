import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { launchBackend } from './launch-backend.ts';
import type { RunningBackend } from './running-backend.ts';
import { askJson } from './testing/ask.ts';
import { withoutBubblewrap } from './testing/sandboxes.ts';
import { temporaryBackend } from './testing/temporary-backend.ts';

async function launched(program: string, start: string, mode: 'require' | 'off' = 'require'): Promise<RunningBackend> {
  const { built, root, remove } = temporaryBackend(
    { 'server.js': program, 'server.py': program, 'package.json': '{"scripts":{"start":"node server.js"}}' },
    { start, toolchain: ['node', 'npm', 'python3'] },
  );
  const outcome = await launchBackend(built, {
    sandbox: await chooseSandbox({ mode }),
    scratch: join(root, 'scratch'),
    database: null,
  });
  onTestFinished(async () => {
    if (outcome.launched) await outcome.backend.close();
    remove();
  });
  if (!outcome.launched) throw new Error(`${outcome.failure.message} ${outcome.failure.log.join(' ')}`);
  return outcome.backend;
}

/** Drops an object at each request, and answers how many of those dropped were collected. */
const dropping = `let gone = 0;
const registry = new FinalizationRegistry(() => { gone += 1; });
require('node:http').createServer((_, response) => {
  registry.register({ text: 'x'.repeat(1000) }, null);
  response.end(String(gone));
}).listen(process.env.PORT, process.env.HOST);`;

const countOf = (backend: RunningBackend): Promise<number> => askJson<number>(() => backend.connect());

test.skipIf(withoutBubblewrap).each(['node server.js', 'cd . && npm start'])(
  'Node.js started by `%s` throws away what nothing refers to when it is asked to, again and again',
  { timeout: 60_000 },
  async (start) => {
    const backend = await launched(dropping, start);
    for (let before = await countOf(backend), round = 1; round <= 2; round += 1) {
      for (let sent = 0; sent < 5; sent += 1) await countOf(backend);
      expect(await backend.collectGarbage()).toBe(true);
      // Finalizers run a moment later.
      await expect.poll(() => countOf(backend), { timeout: 10_000 }).toBeGreaterThan(before);
      before = await countOf(backend);
    }
    expect(backend.alive).toBe(true);
  },
);

test.skipIf(withoutBubblewrap)('nothing else is asked, and lives on', { timeout: 60_000 }, async () => {
  const cluster = `const cluster = require('node:cluster');
if (cluster.isPrimary) { cluster.fork(); cluster.fork(); } else { ${dropping} }`;
  const python = `import http.server, os
http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), http.server.BaseHTTPRequestHandler).serve_forever()`;
  for (const [program, start] of [
    [cluster, 'node server.js'],
    [python, 'python3 server.py'],
  ] as const) {
    const backend = await launched(program, start);
    expect(await backend.collectGarbage()).toBe(false);
    expect(backend.alive).toBe(true);
  }
});

test.skipIf(withoutBubblewrap)(
  'what says something else there, or has a way of its own with the signal, does no harm',
  {
    timeout: 60_000,
  },
  async () => {
    const own = `process.on('SIGUSR1', () => process.exit());\n${dropping}`;
    const backend = await launched(own, 'node server.js');
    expect(await backend.collectGarbage()).toBe(false);
    await expect.poll(() => backend.alive).toBe(false);
    const liar = `process.on('SIGUSR1', () => {});
const { createHash } = require('node:crypto');
const inspector = require('node:http').createServer((_, response) =>
  response.end(JSON.stringify([{ webSocketDebuggerUrl: 'ws://127.0.0.1:9229/it' }]))).listen(9229, '127.0.0.1');
inspector.on('upgrade', (request, socket) => {
  const key = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + key + '\\r\\n\\r\\n');
  for (const text of ['nope', 'null', '7']) socket.write(Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]));
});
${dropping}`;
    const lying = await launched(liar, 'node server.js');
    expect(await lying.collectGarbage()).toBe(false);
    expect(lying.alive).toBe(true);
  },
);

test('without a network of its own it is not asked', { timeout: 60_000 }, async () => {
  expect(await (await launched(dropping, 'node server.js', 'off')).collectGarbage()).toBe(false);
});
