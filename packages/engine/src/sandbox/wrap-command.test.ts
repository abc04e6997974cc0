import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { usersWithHome } from '../build/build-home.ts';
import { findProgram } from '../detect/toolchain.ts';
import { withoutBubblewrap } from '../launch/testing/sandboxes.ts';
import { chooseSandbox } from './choose-sandbox.ts';
import { buildSandbox } from './wrap-command.ts';

const run = promisify(execFile);
const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

async function build(command: string): Promise<{ readonly root: string; readonly stdout: string }> {
  const root = mkdtempSync(join(tmpdir(), 'assay build-'));
  roots.push(root);
  for (const name of ['folder', 'cache', 'home', 'fresh', 'private']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'passwd'), usersWithHome(join(root, 'home')));
  const wrap = buildSandbox(await chooseSandbox({ mode: 'require' }), {
    writable: [join(root, 'cache')],
    toolchain: ['node', 'npm', 'java'],
    home: { path: join(root, 'home'), folder: join(root, 'fresh'), users: join(root, 'passwd'), caches: [] },
  });
  const [file = '', ...args] = wrap(['sh', '-c', command], join(root, 'folder'), []);
  const { stdout } = await run(file, args, {
    cwd: join(root, 'folder'),
    env: { PATH: process.env['PATH'] ?? '', ROOT: root },
  });
  return { root, stdout };
}

describe.skipIf(withoutBubblewrap)('buildSandbox', () => {
  it('lets a build write to its folder, its home and the caches, and nowhere else', async () => {
    const { root, stdout } = await build(
      'for path in made ../cache/made "$HOME/made" ../made ../private/made /usr/made /etc/made; do ( : > "$path" ) 2>/dev/null && echo "$path"; done; exit 0',
    );
    expect(stdout.trim().split('\n')).toEqual(expect.arrayContaining(['made', '../cache/made', `${root}/home/made`]));
    expect(readFileSync(join(root, 'folder', 'made'), 'utf8')).toBe('');
    expect(existsSync(join(root, 'cache', 'made'))).toBe(true);
    expect(existsSync(join(root, 'fresh', 'made'))).toBe(true);
    expect(['made', 'private/made', 'home/made'].filter((name) => existsSync(join(root, name)))).toEqual([]);
    expect(existsSync('/usr/made') || existsSync('/etc/made')).toBe(false);
  });

  it('lets no build write settings of the kernel, not by a /proc of its own either', async () => {
    const { stdout } = await build(
      `open='for file in kernel/core_pattern kernel/hostname vm/overcommit_memory; do ( exec 9>>/proc/sys/$file ) 2>/dev/null && echo "$file"; done'
       eval "$open"; unshare -Urmpf sh -c 'mount -t proc proc /proc && echo mounted' 2>/dev/null
       unshare -Urm sh -c 'umount /proc/sys; mount -o remount,bind,rw /proc/sys; eval "$0"' "$open" 2>/dev/null; exit 0`,
    );
    expect(stdout).toBe('');
  });

  it.skipIf(findProgram('java') === null)('lets what runs on Java keep its files in the same home', async () => {
    const { root, stdout } = await build('java -XshowSettings:properties -version 2>&1 | grep user.home');
    expect(stdout.trim()).toBe(`user.home = ${root}/home`);
  });

  it('bounds what lies in memory alone', async () => {
    const { stdout } = await build(
      `for path in /dev/made /dev/null /dev/shm/made /tmp/made; do ( : > $path ) 2>/dev/null && echo $path; done; stat -fc '%b*%S' /dev/shm`,
    );
    const [size = '', ...writable] = stdout.trim().split('\n').toReversed();
    expect(writable.toReversed()).toEqual(['/dev/null', '/dev/shm/made', '/tmp/made']);
    const [blocks = 0, bytes = 0] = size.split('*').map(Number);
    expect(blocks * bytes).toBeLessThanOrEqual(totalmem() / 8);
  });

  it('shows nothing of the person, and has the network of the machine', async () => {
    const { stdout } = await build(
      `ls -A '${homedir()}' 2>/dev/null; ls /proc | grep -c '^[0-9]'; ls -l /proc/self/ns/net; cat /etc/shadow 2>/dev/null; exit 0`,
    );
    expect(stdout).not.toMatch(/\.ssh|\.bashrc|root:/);
    const { stdout: own } = await run('ls', ['-l', '/proc/self/ns/net']);
    expect(/net:\[\d+\]/.exec(stdout)?.[0]).toBe(/net:\[\d+\]/.exec(own)?.[0]);
  });
});

describe('buildSandbox without bubblewrap', () => {
  it('leaves a command as it is', async () => {
    const wrap = buildSandbox(await chooseSandbox({ mode: 'off' }), {
      writable: [],
      toolchain: [],
      home: { path: '/nowhere', folder: '/nowhere', users: '/nowhere', caches: [] },
    });
    expect(wrap(['make'], '/', [])).toEqual(['make']);
  });
});
