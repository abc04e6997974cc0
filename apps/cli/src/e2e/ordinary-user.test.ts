import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '@assay/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { leftoversOf, nothing } from './leftovers.ts';
import { assay, bin, root, troubles } from './run-assay.ts';

/**
 * Almost everybody who judges a backend is nobody in particular on their machine: they own their home and nothing else, become no other
 * user, and may hold nothing back from their own backend but by a sandbox. Tests run as root see none of that.
 */
const nobody = { uid: 65_534, gid: 65_534 };

/** Whether a program starts and ends well for that user. */
function startsFor(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { ...nobody, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Becoming somebody else takes root, and their starting this checkout takes folders that everybody may enter. */
const canBeTried = process.getuid?.() === 0 && startsFor(bin, ['--version']);

/** What npm tells those whom it starts (`npm test`) is about the home of somebody else. */
const withoutNpm = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => name.startsWith('npm_'))
    .map((name) => [name, undefined]),
);

const scratch = mkdtempSync(path.join(tmpdir(), 'assay-user-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A backend in a folder that only that person may enter, with their data folder beside it. */
function personWithBackend(name: string): { readonly folder: string; readonly backend: string; readonly home: string } {
  const folder = mkdtempSync(path.join(scratch, `${name}-`));
  const backend = path.join(folder, 'todo');
  cpSync(path.join(root, 'challenges/todo/backends/node'), backend, { recursive: true });
  execFileSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, scratch]);
  execFileSync('chmod', ['700', folder]);
  return { folder, backend, home: path.join(folder, '.assay') };
}

describe.runIf(canBeTried)('as an ordinary user', () => {
  const sandboxed = startsFor('bwrap', ['--ro-bind', '/', '/', '--unshare-all', 'true']);
  const inOne = sandboxed
    ? { kind: 'bubblewrap', note: expect.stringContaining('reaches no network but its own database') as string }
    : { kind: 'none', note: expect.stringContaining('plain process') as string };
  const inNone = { kind: 'none', note: expect.stringContaining('plain process with your rights') as string };

  it.each([
    ['in a sandbox where one can be had', 'auto', inOne],
    ['as plain processes', 'off', inNone],
  ])(
    'a backend is built, watched, judged and passed %s, and nothing stays behind',
    {
      timeout: 600_000,
    },
    async (_how, mode, sandbox) => {
      const { folder, backend, home } = personWithBackend(mode);
      const only = ['contract', 'data/round-trip', 'queries/no-n-plus-one', 'resilience/graceful-shutdown'];
      const { status, stdout, stderr } = await assay(
        ['check', backend, '--seed', '5', '--sandbox', mode, '--format', 'json', '--only', ...only],
        { home, cwd: folder, env: { ...withoutNpm, HOME: folder, USER: 'nobody' }, user: nobody },
      );
      expect(stdout, stderr).toMatch(/^\{/);
      const report = JSON.parse(stdout) as Report;
      expect(troubles(report)).toEqual([]);
      expect([status, report.verdict]).toEqual([0, 'passed']);
      expect(report.sandbox).toEqual(sandbox);
      // The database was theirs, and what went to it was seen.
      expect(report.traffic.statements).toBeGreaterThan(100);
      expect(report.checks.filter((check) => check.status === 'passed').length).toBeGreaterThan(8);
      expect(leftoversOf(home)).toEqual(nothing);
    },
  );
});
