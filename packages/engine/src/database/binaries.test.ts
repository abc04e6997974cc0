import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Home, openHome } from '../home/home.ts';
import { temporaryHome } from '../home/test-child.ts';
import { findPostgresPackage, installBinaries } from './binaries.ts';

let temporary: ReturnType<typeof temporaryHome>;
let home: Home;
beforeEach(() => {
  temporary = temporaryHome();
  home = openHome({ ASSAY_HOME: temporary.path });
});
afterEach(() => temporary.remove());

it('makes the links to the libraries when npm ran no install script, and what nobody could read readable', async () => {
  const installed = findPostgresPackage();
  const native = join(temporary.path, 'runs', 'native');
  cpSync(installed.native, native, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) rmSync(join(native, '..', target), { force: true });
  execFileSync('chmod', ['-R', 'go-rwx', native]);

  const folder = await installBinaries(home, { native, version: '1' });
  expect(links.every(({ target }) => lstatSync(join(folder, target.replace('native/', ''))).isSymbolicLink())).toBe(
    true,
  );
  expect(statSync(join(folder, 'bin', 'postgres')).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, 'share')).mode & 0o777).toBe(0o755);
  expect(execFileSync(join(folder, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL');
  expect(await installBinaries(home, { native: '/nowhere', version: '1' })).toBe(folder);
});

it('keeps one version', async () => {
  const { native } = findPostgresPackage();
  const first = await installBinaries(home, { native, version: '1' });
  await installBinaries(home, { native, version: '2' });
  expect(() => statSync(first)).toThrow('ENOENT');
});
