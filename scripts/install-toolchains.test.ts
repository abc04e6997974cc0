import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

/** The script with an apt of the test's own: what it would get on which system, and what it says when something is not to be had. */

const script = path.resolve(import.meta.dirname, 'install-toolchains');
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface System {
  /** What apt has no package of. */
  readonly lacks?: readonly string[];
  readonly snaps?: readonly string[];
  readonly installed?: readonly string[];
  /** Packages that cannot be installed. */
  readonly broken?: readonly string[];
  readonly user?: number;
  /** What is there without a package. */
  readonly programs?: readonly string[];
}

function run(
  args: readonly string[],
  { lacks = [], snaps = [], installed = [], broken = [], user = 0, programs: others = [] }: System,
) {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-toolchains-'));
  folders.push(folder);
  const log = path.join(folder, 'log');
  writeFileSync(log, '');
  const among = (names: readonly string[]) => (names.length === 0 ? "''" : names.join('|'));
  const programs = {
    ...Object.fromEntries(others.map((name) => [name, 'true'])),
    id: `echo ${user}`,
    'dpkg-query': `for last; do :; done; case $last in ${among(installed)}) printf installed;; *) exit 1;; esac`,
    'apt-cache': [
      'case $1 in',
      `policy) case $2 in ${among(lacks)}) ;; *) printf '%s:\n  Installed: (none)\n  Candidate: 1.0\n' "$2";; esac;;`,
      `depends) echo "$2"; case $2 in ${among(snaps)}) echo '  PreDepends: snapd';; *) echo '  Depends: libc6';; esac;;`,
      'esac',
    ].join('\n'),
    'apt-get': [`echo "$@" >>'${log}'`, `for each; do case $each in ${among(broken)}) exit 100;; esac; done`].join(
      '\n',
    ),
  };
  for (const [name, source] of Object.entries(programs)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${source}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }
  for (const name of ['bash', 'sed', 'grep', 'env']) {
    const real = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(real, path.join(folder, name));
  }
  const ended = spawnSync(path.join(folder, 'bash'), [script, ...args], { encoding: 'utf8', env: { PATH: folder } });
  return { ...ended, apt: readFileSync(log, 'utf8').trim().split('\n').filter(Boolean) };
}

const toolchains =
  'bubblewrap util-linux python3 python3-venv php-cli php-pgsql php-mbstring php-xml php-curl composer maven curl git unzip default-jdk-headless golang-go';

describe('install-toolchains', () => {
  it('gets everything in one go where apt has it, and the browser apart', () => {
    const { status, stderr, apt } = run([], {});
    expect(stderr).toBe('');
    const begin = '--quiet --yes -o DPkg::Lock::Timeout=300';
    expect(apt).toEqual([
      `${begin} update`,
      `${begin} install --no-install-recommends ${toolchains}`,
      `${begin} install --no-install-recommends chromium`,
    ]);
    expect(status).toBe(0);
  });

  it('says what it would get, without getting it or being root', () => {
    const { status, stdout, apt } = run(['--dry-run', '--bench'], { installed: ['maven', 'git'], user: 1000 });
    const [first, second] = stdout.trimEnd().split('\n');
    expect(first).toMatch(
      /^install-toolchains: would install bubblewrap .* composer curl unzip pgbouncer wrk default-jdk-headless golang-go$/,
    );
    expect(second).toBe('install-toolchains: would install chromium');
    expect(apt).toEqual([]);
    expect(status).toBe(0);
  });

  it('takes the browser by the name that it has here', () => {
    expect(run(['--dry-run'], { lacks: ['chromium'] }).stdout).toContain('would install chromium-browser\n');
    expect(run(['--dry-run'], { snaps: ['chromium', 'chromium-browser'] }).stdout).toContain(
      'would install google-chrome-stable\n',
    );
  });

  it('gets the rest where the browser is a snap or none is there, and says so', () => {
    const without = { lacks: ['chromium', 'google-chrome-stable'] };
    const snap = run([], { ...without, snaps: ['chromium-browser'] });
    expect(snap.apt.at(-1)).toContain(toolchains);
    expect(snap.stderr).toMatch(
      /^install-toolchains: this could not be had:\n {2}a Chromium, .*: chromium-browser is a snap here\./,
    );
    expect(snap.status).toBe(1);
    const none = run([], { lacks: [...without.lacks, 'chromium-browser'] });
    expect(none.stderr).toContain('a Chromium, for the tests of pages: apt has none.');
    expect(none.status).toBe(1);
  });

  it('gets the rest where apt has no package of a name, or one cannot be installed, and says which', () => {
    const { status, stderr, apt } = run([], { lacks: ['composer'], broken: ['maven'] });
    expect(stderr).toBe(
      'install-toolchains: this could not be had:\n  composer: apt has no package of this name\n  maven: its installation failed\n',
    );
    expect(apt.some((line) => line.includes('composer'))).toBe(false);
    for (const name of ['python3', 'golang-go', 'chromium'])
      expect(apt.some((line) => line.endsWith(`--no-install-recommends ${name}`))).toBe(true);
    expect(status).toBe(1);
  });

  it('names what is missing to one who is not root, and does nothing where everything is there', () => {
    const all = { installed: toolchains.split(' '), user: 1000 };
    expect(run([], all)).toMatchObject({
      status: 2,
      stderr: 'install-toolchains: run it as root, or install sudo. Missing: a Chromium\n',
      apt: [],
    });
    expect(run([], { ...all, programs: ['google-chrome'] })).toMatchObject({
      status: 0,
      stdout: 'install-toolchains: everything is there.\n',
      apt: [],
    });
  });
});
