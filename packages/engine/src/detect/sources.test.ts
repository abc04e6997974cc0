import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { viewFolder } from './folder-view.ts';
import { hashSources, listSources } from './sources.ts';
import { testFolder, writeFiles } from './test-folder.ts';

const paths = (folder: string): readonly string[] => listSources(folder).map((source) => source.path);

describe('the sources of a backend', () => {
  test('leave out dependencies and build output, judged by what stands beside them', () => {
    const maven = testFolder({ 'pom.xml': '', 'target/a.jar': '', 'src/A.java': '', '.git/HEAD': '', 'vendor/x': '' });
    expect(paths(maven)).toEqual(['pom.xml', 'src/A.java', 'vendor/x']);
    const php = testFolder({ 'composer.json': {}, 'vendor/autoload.php': '', 'target/x': '' });
    expect(paths(php)).toEqual(['composer.json', 'target/x']);
    const node = testFolder({
      'package.json': {},
      'node_modules/a/index.js': '',
      'dist/server.js': '',
      'packages/a/node_modules/b/c.js': '',
    });
    expect(paths(node)).toEqual(['dist/server.js', 'package.json']);
  });

  test('list links and never follow them', () => {
    const folder = testFolder({ 'a.txt': 'a' });
    symlinkSync('/etc', join(folder, 'outside'));
    symlinkSync('a.txt', join(folder, 'inside'));
    expect(listSources(folder).map(({ path, kind }) => [path, kind])).toEqual([
      ['a.txt', 'file'],
      ['inside', 'link'],
      ['outside', 'link'],
    ]);
  });

  test('change the hash when a path, a content, a link or an executable bit changes, and not otherwise', () => {
    const folder = testFolder({ 'a.txt': 'a', 'b/c.txt': 'c' });
    const seen = [hashSources(folder)];
    expect(hashSources(testFolder({ 'b/c.txt': 'c', 'a.txt': 'a' }))).toBe(seen[0]);
    writeFiles(folder, { 'node_modules/x/y.js': 'z' });
    expect(hashSources(folder)).toBe(seen[0]);
    writeFileSync(join(folder, 'a.txt'), 'A');
    seen.push(hashSources(folder));
    chmodSync(join(folder, 'a.txt'), 0o755);
    seen.push(hashSources(folder));
    symlinkSync('a.txt', join(folder, 'l'));
    seen.push(hashSources(folder));
    mkdirSync(join(folder, 'd'));
    writeFileSync(join(folder, 'd', 'e'), '');
    seen.push(hashSources(folder));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('leave out what a database keeps in its folder', () => {
    const folder = testFolder({ 'a.txt': '', 'pgdata/PG_VERSION': '18', 'pgdata/base/1/2': '' });
    expect(paths(folder)).toEqual(['a.txt']);
  });

  test('leave out a virtual environment, whatever it is called', () => {
    const folder = testFolder({ 'a.py': '', 'env/pyvenv.cfg': '', 'env/lib/b.py': '', 'other/c.py': '' });
    expect(paths(folder)).toEqual(['a.py', 'other/c.py']);
    expect(viewFolder(folder).find(/\.py$/, 4)).toEqual(['a.py', 'other/c.py']);
  });

  test.skipIf(process.getuid?.() === 0)('leave out what this user may not read, and name it', () => {
    const folder = testFolder({ 'a.txt': '', 'data/b.txt': '', 'c.txt': '' });
    const hidden = [join(folder, 'data'), join(folder, 'c.txt')];
    for (const path of hidden) chmodSync(path, 0);
    onTestFinished(() => hidden.forEach((path) => chmodSync(path, 0o755)));
    const told: string[] = [];
    expect(listSources(folder, undefined, (path) => told.push(path)).map(({ path }) => path)).toEqual(['a.txt']);
    expect(told).toEqual(['c.txt', 'data']);
  });

  test('are bounded', () => {
    const folder = testFolder({ a: '1', b: '2', c: '3' });
    expect(() => listSources(folder, { files: 2, bytes: 100 })).toThrow(
      /holds more than 2 files .* more than one backend/,
    );
    expect(() => listSources(folder, { files: 5, bytes: 2 })).toThrow(/more than one backend/);
  });
});
