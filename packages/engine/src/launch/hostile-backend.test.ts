import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { launchBackend } from './launch-backend.ts';
import type { LaunchOptions, RunningBackend } from './running-backend.ts';
import { askJson } from './testing/ask.ts';
import { until } from './testing/condition.ts';
import { processesWith } from './testing/processes-with.ts';
import { withoutBubblewrap } from './testing/sandboxes.ts';
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

async function launch(
  { built, root }: TemporaryBackend,
  options: Partial<LaunchOptions> = {},
): Promise<RunningBackend> {
  const sandbox = options.sandbox ?? (await chooseSandbox({ mode: 'require' }));
  const outcome = await launchBackend(built, {
    sandbox,
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

/** Answers with what an expression gives, or with the code of the error it throws. */
const evaluate = (expression: string): string => `
  const fs = require('node:fs'), cp = require('node:child_process'), net = require('node:net'), http = require('node:http'), os = require('node:os');
  const attempt = async (work) => { try { return await work(); } catch (error) { return error.code ?? String(error); } };
  http.createServer(async (request, response) => request.url !== '/' ? response.writeHead(404).end() : response.end(JSON.stringify(await attempt(async () => (${expression})) ?? null))).listen(process.env.PORT, process.env.HOST);`;

describe.skipIf(withoutBubblewrap)('a hostile backend in bubblewrap', () => {
  it.each(['/etc/shadow', '/root/.bashrc', homedir(), process.cwd(), '/var/lib', '/sys/kernel', '/opt'])(
    'cannot look into %s',
    async (path) => {
      const backend = await launch(
        make({
          'server.js': evaluate(
            `fs.statSync('${path}').isDirectory() ? fs.readdirSync('${path}') : fs.readFileSync('${path}', 'utf8')`,
          ),
        }),
      );
      const answer = await askJson<unknown>(() => backend.connect());
      // A folder above a toolchain that is shown exists, with nothing in it but that.
      if (Array.isArray(answer))
        expect(answer.every((name) => /^(\.pyenv|node_modules|assay-launch-.*)$/.test(String(name)))).toBe(true);
      else expect(['ENOENT', 'EACCES', 'EPERM']).toContain(answer);
    },
  );

  it('finds nothing more behind the first process of its namespace', async () => {
    const look = `['/', '/proc/1/root'].map((path) => { try { return fs.readdirSync(path).join(); } catch (error) { return error.code; } }).concat((() => { try { return fs.readFileSync('/proc/1/environ', 'latin1'); } catch (error) { return error.code; } })())`;
    const backend = await launch(make({ 'server.js': evaluate(look) }));
    const [own, first, environment] = await askJson<string[]>(() => backend.connect());
    expect(['EACCES', own]).toContain(first);
    expect(environment).toMatch(/^(EACCES|PATH=[^\0]*\0(PWD=\/[^\0]*\0)?)$/);
  });

  it('is nobody, has no rights, and cannot get any', async () => {
    const backend = await launch(
      make({
        'server.js': evaluate(
          `({ status: fs.readFileSync('/proc/self/status', 'utf8'), unshare: cp.spawnSync('unshare', ['-Urm', 'true']).status, mount: cp.spawnSync('mount', ['-t', 'tmpfs', 'x', '/tmp']).status })`,
        ),
      }),
    );
    const { status, unshare, mount } = await askJson<{ status: string; unshare: number; mount: number }>(() =>
      backend.connect(),
    );
    expect(unshare).not.toBe(0);
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
    expect(/^CapEff:\s+0+$/m.test(status)).toBe(true);
    expect(/^CapBnd:\s+0+$/m.test(status)).toBe(true);
    expect(/^NoNewPrivs:\s+1$/m.test(status)).toBe(true);
    expect(mount).not.toBe(0);
  });

  it('reaches no network, and nothing that listens on this machine', async () => {
    const outside = createServer((_request, response) => response.end('secret'));
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    undo.push(() => outside.close());
    const address = outside.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const attempt = `new Promise((done) => { const results = {}; for (const [host, port] of [['127.0.0.1', ${port}], ['1.1.1.1', 53], ['10.0.0.1', 80]]) { const socket = net.connect({ host, port }); const tell = (what) => { results[host] ??= what; if (Object.keys(results).length === 3) done(results); }; socket.on('connect', () => tell('connected')); socket.on('error', (error) => tell(error.code)); } })`;
    const backend = await launch(make({ 'server.js': evaluate(attempt) }));
    expect(await askJson(() => backend.connect())).toEqual({
      '127.0.0.1': 'ECONNREFUSED',
      '1.1.1.1': 'ENETUNREACH',
      '10.0.0.1': 'ENETUNREACH',
    });
  });

  it('sees its own processes only, and cannot touch what supervises it', async () => {
    const backend = await launch(
      make({
        'server.js': evaluate(
          `({ names: fs.readdirSync('/proc').filter(Number).map((pid) => fs.readFileSync('/proc/' + pid + '/comm', 'utf8').trim()), files: fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync('/proc/self/fd/' + fd); } catch { return ''; } }) })`,
        ),
      }),
      { markers: { ASSAY_OWNER: 'test' } },
    );
    const { names, files } = await askJson<{ names: string[]; files: string[] }>(() => backend.connect());
    expect(names.filter((name) => !['bwrap', 'sh', 'node', 'MainThread'].includes(name))).toEqual([]);
    expect(names.length).toBeLessThanOrEqual(3);
    expect(files.filter((path) => path.startsWith('/') && path !== '/dev/null')).toEqual([]);
  });

  it('writes only where it may, and not without end', async () => {
    const write = `Object.fromEntries(['/', '/usr/x', '/etc/x', '/dev/x', '/var/x', '/home/x', process.cwd() + '/../x', '/tmp/x', '/dev/shm/x', process.cwd() + '/x', os.homedir() + '/x', process.cwd() + '/node_modules/x'].map((path) => { try { fs.writeFileSync(path === '/' ? '/x' : path, 'x'); return [path, 'ok']; } catch (error) { return [path, error.code]; } }))`;
    const temporary = make({ 'server.js': evaluate(write), 'node_modules/a/index.js': '' });
    const backend = await launch(temporary);
    const answer = await askJson<Record<string, string>>(() => backend.connect());
    const allowed = Object.keys(answer).filter((path) => answer[path] === 'ok');
    expect(allowed).toEqual(['/tmp/x', '/dev/shm/x', `${temporary.built.folder}/x`, '/home/backend/x']);
    expect(existsSync(join(temporary.built.folder, 'x'))).toBe(false);
  });

  it('fills the disk: its own file system is full, and it is told', async () => {
    const fill = `(() => { const fd = fs.openSync('/tmp/big', 'w'); const piece = Buffer.alloc(1 << 20, 1); let written = 0; try { for (;;) { fs.writeSync(fd, piece); written += 1; } } catch (error) { return [written, error.code]; } })()`;
    const backend = await launch(make({ 'server.js': evaluate(fill) }), { limits: { diskBytes: 20 << 20 } });
    const [written, code] = await askJson<[number, string]>(() => backend.connect());
    expect(written).toBeLessThanOrEqual(20);
    expect(['ENOSPC', 'EFBIG']).toContain(code);
  });

  it('fills the memory: it is killed, and the log says why', async () => {
    const backend = await launch(
      make({
        'server.js': `${evaluate('1')} const kept = []; process.on('SIGTERM', () => setInterval(() => kept.push(Buffer.alloc(8 << 20, 1)), 1));`,
      }),
      { limits: { memoryBytes: 300 << 20 } },
    );
    await backend.stop('SIGTERM', 0);
    await until('the backend has ended', () => !backend.alive);
    expect(backend.ending?.signal).toBe('SIGKILL');
    expect(backend.log().join('\n')).toContain('used');
  });

  it('forks without end: it cannot pass the limit, and is gone after a kill', async () => {
    const bomb = `#!/bin/sh\nwhile :; do sh ./bomb.sh & done 2>/dev/null\n`;
    const temporary = make({
      'server.js': `${evaluate('1')} process.on('SIGTERM', () => require('node:child_process').spawn('sh', ['./bomb.sh'], { stdio: 'ignore', detached: true }));`,
      'bomb.sh': bomb,
    });
    const marker = `bomb-${process.pid}`;
    const samples: number[] = [];
    const backend = await launch(temporary, {
      limits: { processes: 60 },
      markers: { ASSAY_TEST: marker },
      onUsage: () => samples.push(processesWith(marker).length),
    });
    await backend.stop('SIGTERM', 0);
    await until('it has forked', () => processesWith(marker).length > 30);
    expect(processesWith(marker).length).toBeLessThan(90);
    await backend.kill();
    await backend.close();
    expect(processesWith(marker)).toEqual([]);
  });

  it('has links that lead outside: they lead nowhere', async () => {
    const temporary = make(
      {
        'server.js': evaluate(
          `['file', 'folder/secret', 'node_modules/secret', 'vendor'].map((path) => { try { return fs.statSync(path).isDirectory() ? fs.readdirSync(path) : fs.readFileSync(path, 'utf8'); } catch (error) { return error.code; } })`,
        ),
      },
      { dependencyFolders: ['node_modules', 'vendor'] },
    );
    const outside = join(temporary.root, 'private');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret'), 'secret');
    symlinkSync(join(outside, 'secret'), join(temporary.built.folder, 'file'));
    symlinkSync(outside, join(temporary.built.folder, 'folder'));
    symlinkSync(outside, join(temporary.built.folder, 'node_modules'));
    symlinkSync('/', join(temporary.built.folder, 'vendor'));
    const backend = await launch(temporary);
    const [file, folder, modules, vendor] = await askJson<unknown[]>(() => backend.connect());
    expect([file, folder, modules]).toEqual(['ENOENT', 'ENOENT', 'ENOENT']);
    // The root it finds is its own.
    expect(vendor).not.toContain('boot');
  });

  it('swaps a folder that something is mounted in for a link, between two starts: nothing is made where it points', async () => {
    const temporary = make(
      {
        'server.js': evaluate(
          `(() => { fs.renameSync('a', 'b'); fs.symlinkSync('/oldroot${tmpTarget()}', 'a'); return 'done'; })()`,
        ),
        'a/b/node_modules/x/index.js': '',
      },
      { dependencyFolders: ['a/b/node_modules'] },
    );
    mkdirSync(tmpTarget(), { recursive: true });
    undo.push(() => rmSync(tmpTarget(), { recursive: true, force: true }));
    const backend = await launch(temporary);
    expect(await askJson(() => backend.connect())).toBe('done');
    await backend.kill();
    expect(await backend.start()).toMatchObject({ started: true });
    expect(readdirSync(tmpTarget())).toEqual([]);
  });

  it('chooses variables for the loader: they act on it alone', async () => {
    const temporary = make(
      { 'server.js': evaluate('process.env.LD_PRELOAD') },
      { environment: { LD_PRELOAD: '/nonexistent/evil.so', BASH_ENV: 'x', 'bad-name': '1' } },
    );
    const backend = await launch(temporary);
    expect(await askJson(() => backend.connect())).toBe('/nonexistent/evil.so');
    // The shell that becomes the backend, and the backend itself, look for it; bubblewrap, setpriv and the like do not.
    expect(backend.log().filter((line) => line.includes('evil.so')).length).toBeLessThanOrEqual(2);
  });

  it('has its own files, whatever another instance of it does', async () => {
    const temporary = make({
      'server.js': evaluate(
        `(() => { const seen = ['/tmp/mark', 'mark', os.homedir() + '/mark', '/dev/shm/mark'].filter((path) => fs.existsSync(path)); for (const path of ['/tmp/mark', 'mark', os.homedir() + '/mark', '/dev/shm/mark']) fs.writeFileSync(path, 'x'); return seen.length; })()`,
      ),
    });
    const [first, second] = [await launch(temporary), await launch(temporary)];
    expect(await askJson(() => first.connect())).toBe(0);
    expect(await askJson(() => second.connect())).toBe(0);
    expect(await askJson(() => first.connect())).toBe(4);
  });
});

function tmpTarget(): string {
  return `/var/tmp/assay-link-test-${process.pid}`;
}
