import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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

const scratch = mkdtempSync(path.join(tmpdir(), 'assay-user-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.runIf(canBeTried)('as an ordinary user', () => {
  it('a backend in a folder of their own is built, watched, judged and passed, and nothing stays behind', {
    timeout: 600_000,
  }, async () => {
    const folder = path.join(scratch, 'person');
    const backend = path.join(folder, 'todo');
    const home = path.join(folder, '.assay');
    mkdirSync(folder);
    cpSync(path.join(root, 'challenges/todo/backends/node'), backend, { recursive: true });
    execFileSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, scratch]);
    execFileSync('chmod', ['700', folder]);

    const { status, stdout, stderr } = await assay(
      ['check', backend, '--seed', '5', '--format', 'json', '--only', 'contract', 'data/round-trip', 'queries'],
      { home, cwd: folder, env: { HOME: folder, USER: 'nobody' }, user: nobody },
    );
    expect(stdout, stderr).toMatch(/^\{/);
    const report = JSON.parse(stdout) as Report;
    expect(troubles(report)).toEqual([]);
    expect([status, report.verdict]).toEqual([0, 'passed']);
    // The database was theirs, and what went to it was seen.
    expect(report.traffic.statements).toBeGreaterThan(100);
    expect(report.checks.filter((check) => check.status === 'passed').length).toBeGreaterThan(8);

    const sandboxed = startsFor('bwrap', ['--ro-bind', '/', '/', '--unshare-all', 'true']);
    expect(report.sandbox.kind).toBe(sandboxed ? 'bubblewrap' : 'none');
    expect(report.sandbox.note).toContain(sandboxed ? 'reaches no network but its own database' : 'plain process');
    expect(leftoversOf(home)).toEqual(nothing);
  });
});
