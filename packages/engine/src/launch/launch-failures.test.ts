import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DetectedBackend, LaunchFailure } from '../backend.ts';
import { launchBackend } from './launch-backend.ts';
import { sandboxes } from './testing/sandboxes.ts';
import { temporaryBackend } from './testing/temporary-backend.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

describe.each(sandboxes)('a backend that does not come up, with %s', (_name, choose) => {
  async function fail(
    source: string,
    detected: Partial<DetectedBackend> = {},
    readinessTimeoutMs = 20_000,
    files: Readonly<Record<string, string>> = {},
  ): Promise<LaunchFailure> {
    const { built, root, remove } = temporaryBackend({ 'server.js': source, ...files }, detected);
    undo.push(remove);
    const database = { login: { user: 'u', password: 'p', database: 'd' }, onConnection: () => {} };
    const outcome = await launchBackend(built, {
      sandbox: await choose(),
      scratch: join(root, 'scratch'),
      database,
      readinessTimeoutMs,
    });
    if (!outcome.launched) return outcome.failure;
    await outcome.backend.close();
    throw new Error('It came up.');
  }

  it('finds its port taken by a stranger, who is not judged in its place', async () => {
    const stranger = createServer((_, response) => response.end('a stranger'));
    await once(stranger.listen(0, '127.0.0.1'), 'listening');
    undo.push(() => stranger.close());
    const { port } = stranger.address() as AddressInfo;
    const source = `require('node:http').createServer((_, a) => a.end('mine')).listen(${port}, '127.0.0.1')`;
    const outcome = await fail(source, { port }).catch((error: unknown) => error);
    // A sandbox has a network of its own.
    if ((await choose()).bubblewrap === null)
      expect(outcome).toMatchObject({ code: 'port-taken', kind: 'surroundings' });
    else expect(outcome).toMatchObject({ message: 'It came up.' });
  });

  it('exits at once', async () => {
    expect(await fail(`console.log('first'); console.error('the reason'); process.exit(7)`)).toMatchObject({
      kind: 'exited',
      message: 'The backend ended before it listened: exit status 7.',
      detail: 'It printed last: the reason',
      command: 'node server.js',
      log: ['first', 'the reason'],
    });
  });

  it('tells the reason above a stack trace, not the last frame of it', async () => {
    const failure = await fail(
      `console.error('TypeError: no host\\n    at connect (db.js:1)\\n    at main (a.js:2)'); process.exit(1)`,
    );
    expect(failure.detail).toBe('It said: TypeError: no host');
  });

  it('ends well without having served anything', async () => {
    expect(await fail('')).toMatchObject({
      kind: 'exited',
      detail: 'It printed nothing.',
      fix: expect.stringContaining('has to keep running'),
    });
  });

  it('is killed by a signal', async () => {
    expect(await fail(`process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)`)).toMatchObject({
      kind: 'exited',
      message: expect.stringContaining('killed by SIGSEGV'),
    });
  });

  it('lacks a package', async () => {
    expect(await fail(`require('left-out')`)).toMatchObject({ kind: 'exited', detail: 'It cannot find left-out.' });
  });

  it('lacks variables that its example names', async () => {
    const files = { '.env.example': 'PORT=3000\nJWT_SECRET=x\nAPI_KEY=x\n' };
    const failure = await fail(`throw new Error('JWT_SECRET is required')`, {}, 20_000, files);
    expect(failure).toMatchObject({
      detail: 'It needs a setting from its environment: JWT_SECRET.',
      fix: expect.stringContaining('.env.example names, and it was not given: JWT_SECRET, API_KEY;'),
    });
  });

  it('has a syntax error', async () => {
    expect(await fail('const = 1')).toMatchObject({ kind: 'exited', detail: 'Its source has a syntax error.' });
  });

  it('is started by a program that is not there', async () => {
    expect(await fail('', { start: 'no-such-program serve' })).toMatchObject({
      kind: 'exited',
      detail: 'The program no-such-program is not there.',
    });
  });

  it('looks for its database in a place of its own', async () => {
    expect(await fail(`require('node:net').connect(5999, '127.0.0.1')`)).toMatchObject({
      kind: 'exited',
      detail: 'It tried to connect to 127.0.0.1:5999, where nothing listens.',
    });
  });

  it('wants a port that it has taken itself', async () => {
    const twice = `const { createServer } = require('node:net'); createServer().listen(3999, () => createServer().listen(3999));`;
    expect(await fail(twice)).toMatchObject({
      kind: 'exited',
      detail: 'The port 3999 it wants is taken.',
      fix: expect.stringContaining('Listen on PORT'),
    });
  });

  it('never listens', async () => {
    expect(await fail('setInterval(() => {}, 1000)', {}, 500)).toMatchObject({
      kind: 'never-listened',
      message: expect.stringContaining('within 0.5 s'),
      detail: expect.stringContaining('listens on no port'),
    });
  });

  it('listens on another port', async () => {
    const failure = await fail(`require('node:http').createServer().listen(3998, '127.0.0.1')`);
    expect(failure).toMatchObject({
      kind: 'wrong-port',
      message: expect.stringContaining('listens on 127.0.0.1:3998'),
      fix: expect.stringContaining('say `port: 3998` in assay.yaml'),
    });
    expect(failure.detail).toMatch(/PORT=\d+/);
  });

  it('listens for IPv6 only', async () => {
    const failure = await fail(`require('node:http').createServer().listen({ port: process.env.PORT, host: '::1' })`);
    expect(failure).toMatchObject({ kind: 'only-ipv6', message: expect.stringMatching(/\[::1\]:\d+/) });
  });

  it('goes into the background', async () => {
    const serve = `require('node:http').createServer().listen(process.env.PORT, '127.0.0.1')`;
    expect(await fail(serve, { start: 'nohup node server.js >/dev/null 2>&1 &' })).toMatchObject({
      kind: 'daemonised',
      message: expect.stringContaining('1 process running in the background'),
    });
  });
});

describe.each(sandboxes)('a backend that is odd but comes up, with %s', (_name, choose) => {
  async function comesUp(source: string): Promise<boolean> {
    const { built, root, remove } = temporaryBackend({ 'server.js': source });
    undo.push(remove);
    const outcome = await launchBackend(built, {
      sandbox: await choose(),
      scratch: join(root, 'scratch'),
      database: null,
      readinessTimeoutMs: 20_000,
    });
    if (outcome.launched) await outcome.backend.close();
    return outcome.launched;
  }

  it.each([
    [
      'listens on every address',
      `require('node:http').createServer((q, r) => r.end()).listen(process.env.PORT, '0.0.0.0')`,
    ],
    [
      'listens on IPv6 with IPv4',
      `require('node:http').createServer((q, r) => r.end()).listen(process.env.PORT, '::')`,
    ],
    [
      'answers what is not HTTP',
      `require('node:net').createServer((s) => s.end('220 mail')).listen(process.env.PORT, '127.0.0.1')`,
    ],
    [
      'closes every connection',
      `require('node:net').createServer((s) => s.destroy()).listen(process.env.PORT, '127.0.0.1')`,
    ],
    [
      'needs a while',
      `setTimeout(() => require('node:http').createServer((q, r) => r.end()).listen(process.env.PORT, '127.0.0.1'), 700)`,
    ],
    [
      'listens on another port first',
      `const { createServer } = require('node:http'); createServer().listen(3997, () => setTimeout(() => createServer((q, r) => r.end()).listen(process.env.PORT), 500))`,
    ],
  ])('%s', async (_what, source) => {
    expect(await comesUp(source)).toBe(true);
  });
});
