import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { launchBackend } from './launch-backend.ts';
import type { LaunchOptions, RunningBackend } from './running-backend.ts';
import { askJson } from './testing/ask.ts';
import { until } from './testing/condition.ts';
import { sandboxes } from './testing/sandboxes.ts';
import { temporaryBackend, type TemporaryBackend } from './testing/temporary-backend.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function make(...args: Parameters<typeof temporaryBackend>): TemporaryBackend {
  const temporary = temporaryBackend(...args);
  undo.push(() => temporary.remove());
  return temporary;
}

const server = (answer: string): string =>
  // Only what a test asks for counts: whoever waits for it to be ready asks for other things.
  `const http = require('node:http'), fs = require('node:fs'), net = require('node:net');
   http.createServer(async (request, response) => request.url !== '/' ? response.writeHead(404).end() : response.end(JSON.stringify(await (${answer})(request)))).listen(process.env.PORT, process.env.HOST);`;

describe.each(sandboxes)('launchBackend with %s', (_name, choose) => {
  async function launch(
    { built, root }: TemporaryBackend,
    options: Partial<LaunchOptions> & { release?: boolean } = {},
  ): Promise<RunningBackend> {
    const outcome = await launchBackend(built, {
      sandbox: await choose(),
      scratch: join(root, 'scratch'),
      database: null,
      readinessTimeoutMs: 20_000,
      ...options,
    });
    if (!outcome.launched)
      throw new Error(`${outcome.failure.message} ${outcome.failure.detail} ${outcome.failure.log.join('\n')}`);
    undo.push(() => outcome.backend.close());
    return outcome.backend;
  }

  it('starts a backend that answers where it was told to', async () => {
    const backend = await launch(make({ 'server.js': server('async () => process.env.PORT') }));
    expect(await askJson(() => backend.connect())).toBe(backend.authority.split(':')[1]);
    expect(backend.alive).toBe(true);
  });

  it('finds a backend that listens on one port whatever it is told, when that port is named', async () => {
    const fixed = server('async () => 7').replace('process.env.PORT', '39_871');
    const backend = await launch(make({ 'server.js': fixed }, { port: 39_871 }));
    expect(await askJson(() => backend.connect())).toBe(7);
  });

  it('gives it a login to its database, and takes the connections', async () => {
    const login = { user: 'u', password: "p'w/ %", database: 'd b' };
    const onConnection = (socket: Socket): void =>
      void socket.on('data', (data) => socket.end(`heard ${data.toString()}`));
    const backend = await launch(
      make(
        {
          'server.js': server(
            `() => new Promise((done) => { const { PGHOST, PGPORT, DATABASE_URL, JDBC_DATABASE_URL, PGPASSWORD, MINE } = process.env; const socket = net.connect(PGPORT, PGHOST, () => socket.write('me')); socket.on('data', (data) => done({ said: String(data), DATABASE_URL, PGPASSWORD, MINE, PGPORT, jdbc: JDBC_DATABASE_URL })); })`,
          ),
        },
        { environment: { MINE: 'at ${PGHOST}:$PGPORT $UNKNOWN', PGPORT: '1' } },
      ),
      { database: Promise.resolve({ login, onConnection }) },
    );
    const answer = await askJson<Record<string, string>>(() => backend.connect());
    const port = answer['PGPORT'];
    expect(answer).toEqual({
      said: 'heard me',
      PGPORT: expect.stringMatching(/^\d{4,5}$/),
      PGPASSWORD: login.password,
      DATABASE_URL: `postgresql://u:p'w%2F%20%25@127.0.0.1:${port}/d%20b`,
      jdbc: `jdbc:postgresql://127.0.0.1:${port}/d%20b?user=u&password=p'w%2F%20%25`,
      MINE: `at 127.0.0.1:${port} $UNKNOWN`,
    });
  });

  it('refuses the database while it is not reachable', async () => {
    const onConnection = (socket: Socket): void => void socket.end('here');
    const backend = await launch(
      make({
        'server.js': server(
          `() => new Promise((done) => { const socket = net.connect(process.env.PGPORT, process.env.PGHOST); socket.on('data', (data) => done(String(data))); socket.on('error', (error) => done(error.code)); })`,
        ),
      }),
      { database: { login: { user: 'u', password: 'p', database: 'd' }, onConnection } },
    );
    expect(await askJson(() => backend.connect())).toBe('here');
    await backend.setDatabaseReachable(false);
    expect(await askJson(() => backend.connect())).toBe('ECONNREFUSED');
    await backend.setDatabaseReachable(true);
    expect(await askJson(() => backend.connect())).toBe('here');
  });

  it('keeps its files through kill and start, and leaves those it was built from alone', async () => {
    const temporary = make({
      'server.js': server(
        `async () => { fs.appendFileSync('count', 'x'); return fs.readFileSync('count', 'utf8').length; }`,
      ),
    });
    const backend = await launch(temporary);
    expect(await askJson(() => backend.connect())).toBe(1);
    await backend.kill();
    expect(backend.alive).toBe(false);
    expect(backend.ending?.signal).toBe('SIGKILL');
    await expect(backend.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await backend.start()).toMatchObject({ started: true });
    expect(await askJson(() => backend.connect())).toBe(2);
    expect(existsSync(join(temporary.built.folder, 'count'))).toBe(false);
  });

  it('stops what npm runs, and not npm alone', async () => {
    const files = {
      'package.json': JSON.stringify({ scripts: { start: 'node server.js' } }),
      'server.js': `${server('async () => 1')} process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });`,
    };
    const backend = await launch(make(files, { start: 'npm start', toolchain: ['node', 'npm'] }));
    expect(await backend.stop('SIGTERM', 20_000)).toMatchObject({ exited: true });
    expect(backend.ending).toEqual({ code: 0, signal: null, survivors: 0 });
    expect(backend.log()).toContain('bye');
  });

  it('stops it with SIGTERM, through shells, and says when it does not stop', async () => {
    const backend = await launch(
      make(
        {
          'server.js': `${server('async () => 1')} process.on('SIGTERM', () => { console.log('bye'); process.exit(3); }); process.on('SIGINT', () => {});`,
        },
        { start: 'true && node server.js; exit $?' },
      ),
    );
    const endings: unknown[] = [];
    backend.onExit((ending) => endings.push(ending));
    expect(await backend.stop('SIGINT', 100)).toMatchObject({ exited: false });
    expect(backend.alive).toBe(true);
    expect(await backend.stop('SIGTERM', 20_000)).toMatchObject({ exited: true });
    expect(backend.alive).toBe(false);
    expect(endings).toEqual([{ code: 3, signal: null, survivors: 0 }]);
    expect(backend.log()).toContain('bye');
  });

  it('runs the release command first, with the same files', async () => {
    const files = { 'server.js': server(`async () => fs.readFileSync('migrated', 'utf8')`) };
    const backend = await launch(make(files, { release: 'echo "$PORT" > migrated; echo done' }), { release: true });
    expect(await askJson(() => backend.connect())).toMatch(/^\d+\n$/);
    expect(backend.log()).toContain('done');
  });

  it('tells what a release command that fails printed', async () => {
    const { built, root } = make(
      { 'server.js': server('async () => 1') },
      { release: 'echo "no such table" >&2; exit 4' },
    );
    const outcome = await launchBackend(built, {
      sandbox: await choose(),
      scratch: join(root, 'scratch'),
      database: null,
      release: true,
    });
    expect(outcome).toMatchObject({
      launched: false,
      failure: {
        kind: 'release-failed',
        message: 'The release command failed: exit status 4.',
        log: ['no such table'],
      },
    });
  });

  it('passes 200 connections at once, with every byte of theirs', async () => {
    // It speaks first, so that what comes early would be missed by a careless hand-over.
    const echo = `require('node:net').createServer((socket) => { socket.on('error', () => {}); socket.write('early'); socket.pipe(socket); }).listen(process.env.PORT, process.env.HOST);`;
    const backend = await launch(make({ 'server.js': echo }));
    const sent = randomBytes(100_000);
    const received = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const socket = await backend.connect();
        const chunks: Buffer[] = [];
        let length = 0;
        socket.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length === sent.length + 5) socket.end();
        });
        socket.write(sent);
        await once(socket, 'close');
        return Buffer.concat(chunks);
      }),
    );
    const expected = Buffer.concat([Buffer.from('early'), sent]);
    expect(received.filter((bytes) => bytes.equals(expected))).toHaveLength(200);
  });

  it('samples CPU and memory of all its processes, and counts those that have ended', async () => {
    const work = `require('node:child_process').spawnSync(process.execPath, ['-e', 'for (const end = process.cpuUsage().user + 4e5; process.cpuUsage().user < end;);'])`;
    const backend = await launch(make({ 'server.js': `${work}; ${server('async () => 1')}` }));
    await until('the work of the child shows', () => backend.usage().cpuSeconds > 0.4);
    expect(backend.usage().peakRssBytes).toBeGreaterThan(20_000_000);
    expect(backend.usage().samples.length).toBeGreaterThan(1);
  });

  it('counts once what its forks share', async () => {
    const preforked = [
      'import http.server, os, time',
      'held = bytearray(b"1") * (60 << 20)',
      'for _ in range(6):',
      '  if os.fork() == 0: time.sleep(600)',
      'http.server.HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()',
    ];
    const backend = await launch(
      make({ 'server.py': preforked.join('\n') }, { start: 'exec python3 server.py', toolchain: ['python3'] }),
      { limits: { memoryBytes: 250 << 20 } },
    );
    const seen = () => backend.usage().samples.filter(({ rssBytes }) => rssBytes > 350 << 20).length;
    await until('all of its forks have been looked at some times', () => seen() > 4 || !backend.alive);
    expect(backend.alive).toBe(true);
  });

  it('is closed, with everything of it, when the signal aborts', async () => {
    const temporary = make({ 'server.js': server('async () => 1') });
    const controller = new AbortController();
    const backend = await launch(temporary, { signal: controller.signal });
    controller.abort();
    await backend.close();
    await expect(backend.connect()).rejects.toThrow();
    expect(existsSync(join(temporary.root, 'scratch'))).toBe(false);
  });

  it.each([
    ['while it starts', { start: 'echo begun; sleep 1000' }],
    ['while its release command runs', { release: 'echo begun; sleep 1000' }],
  ])('is not blamed for ending %s when the signal aborts', async (_when, commands) => {
    const { built, root } = make({ 'server.js': server('async () => 1') }, commands);
    const controller = new AbortController();
    const launching = launchBackend(built, {
      sandbox: await choose(),
      scratch: join(root, 'scratch'),
      database: null,
      release: true,
      signal: controller.signal,
      onOutput: ({ line }) => line === 'begun' && controller.abort(new Error('interrupted')),
    });
    await expect(launching).rejects.toThrow('interrupted');
    expect(existsSync(join(root, 'scratch'))).toBe(false);
  });

  it('shows dependency folders without copying them', async () => {
    const files = {
      'server.js': server(`async () => require('words').hello`),
      'node_modules/words/index.js': `exports.hello = 'from a package';`,
    };
    const backend = await launch(make(files));
    expect(await askJson(() => backend.connect())).toBe('from a package');
  });
});
