import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

/** Small trees, and what is said of them. */

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function floors(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(path.join(tmpdir(), 'assay-floors-'));
  folders.push(root);
  const all = { 'packages/contract/src/index.ts': '', 'apps/cli/src/main.ts': '', ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const argv = ['--disable-warning=ExperimentalWarning', path.resolve(import.meta.dirname, 'floors.ts'), root];
  const { status, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  return { status, said: stderr.split('\n').filter(Boolean) };
}

/** What is said of one file of the engine, which stands on floor 1. */
function saidOf(text: string, file = 'packages/engine/src/deep/a.ts'): readonly string[] {
  const { status, said } = floors({ [file]: text });
  expect(status).toBe(said.length === 0 ? 0 : 1);
  for (const line of said) expect(line.startsWith(`${file}: `)).toBe(true);
  return said.map((line) => line.slice(file.length + 2));
}

const up = 'floor 1 may not import checks (floor 2)';

describe('what is refused', () => {
  it.each([
    "import { a } from '@assay/checks';",
    "import type { A } from '@assay/checks';",
    "import '@assay/checks';",
    "export * from '@assay/checks';",
    "export {\n  a,\n} from\n  '@assay/checks';",
    "type A = import('@assay/checks').A;",
    "const a = await import('@assay/checks');",
    'const a = await import(`@assay/checks`);',
    "const a = await import(/* webpackIgnore: true */ '@assay/checks');",
    "const a = await import(\n  // why\n  '@assay/checks',\n);",
    "const a = require('@assay/checks');",
    "import a = require('@assay/checks');",
    "const a = require.resolve('@assay/checks');",
    "const a = import.meta.resolve('@assay/checks');",
  ])('up: %s', (text) => {
    expect(saidOf(text)).toEqual([up]);
  });

  it.each(['a.tsx', 'a.mts', 'a.cts', 'a.js', 'a.mjs', 'a.cjs', 'deep/er/a.test.ts'])('up, in %s', (name) => {
    expect(saidOf("import '@assay/checks';", `packages/engine/src/${name}`)).toEqual([up]);
  });

  it.each([
    ["import '@assay/load';", 'floor 1 may not import load (floor 1)'],
    ["import '@assay/nothing';", 'floor 1 may not import nothing (floor ?)'],
    ["import '@assay/engine';", 'imports its own package by name; use a relative path'],
    ["import '@assay/contract/src/a.ts';", 'imports past the door of contract (@assay/contract/src/a.ts)'],
    [
      "import '../../../contract/src/index.ts';",
      "imports ../../../contract/src/index.ts, which is outside its own package; go through the package's name",
    ],
    [
      "require('../../../engine/srcs.ts');",
      "imports ../../../engine/srcs.ts, which is outside its own package; go through the package's name",
    ],
    ['import(`@assay/${name}`);', 'imports @assay/${name}, which is put together: name the file or the package'],
    ['import(`./${name}.ts`);', 'imports ./${name}.ts, which is put together: name the file or the package'],
  ])('%s', (text, problem) => {
    expect(saidOf(text)).toEqual([problem]);
  });

  it('a file that is too long, but for tests and what is generated', () => {
    const long = '\n'.repeat(300);
    expect(saidOf(long)).toEqual(['301 lines; split it (the most is 300)']);
    expect(saidOf(long.slice(1))).toEqual([]);
    for (const file of ['a.test.ts', 'generated/a.ts']) expect(saidOf(long, `packages/engine/src/${file}`)).toEqual([]);
  });

  it.each(['utils.ts', 'helper.mts', 'misc.js', 'common/a.ts'])('the name %s', (name) => {
    expect(saidOf('', `packages/engine/src/${name}`)).toEqual(['a name that says nothing']);
  });

  it('a package that has no floor', () => {
    expect(floors({ 'packages/other/src/index.ts': '' })).toEqual({
      status: 1,
      said: ['packages/other has no floor; name it in scripts/floors.ts'],
    });
  });
});

describe('what passes', () => {
  it.each([
    "import { a } from '@assay/contract';",
    "import { a } from '../a.ts';",
    "import { a } from './er/../a.ts';",
    "import { version } from '../../package.json';",
    "import { readFileSync } from 'node:fs';",
    "import { execa } from 'execa';",
    'const a = await import(`./a.ts`);',
    'const a = await import(name);',
    "import { utils } from './utilities.ts';",
  ])('%s', (text) => {
    expect(saidOf(text)).toEqual([]);
  });
});
