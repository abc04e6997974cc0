import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BuiltBackend, LaunchFailure } from '../backend.ts';
import { detect } from '../detect/detect.ts';
import { testFolder } from '../detect/test-folder.ts';
import { findProgram } from '../detect/toolchain.ts';
import { noSettings } from '../settings/settings.ts';
import { build } from './build.ts';

const all = process.env.ASSAY_REQUIRE === 'all';
const without = (...programs: readonly string[]): boolean =>
  !all && programs.some((program) => findProgram(program) === null);
const limit = { timeout: 300_000 };

async function buildFolder(folder: string, cacheFolder: string): Promise<BuiltBackend | LaunchFailure> {
  const detected = await detect(folder, noSettings);
  return build(detected, { cacheFolder, onOutput: () => {}, signal: new AbortController().signal });
}

async function built(folder: string, cacheFolder: string): Promise<BuiltBackend> {
  const outcome = await buildFolder(folder, cacheFolder);
  if ('kind' in outcome) throw new Error(outcome.detail);
  return outcome;
}

/** What the start command would see. */
function run(backend: BuiltBackend, command: string): string {
  return execFileSync('sh', ['-c', command], {
    cwd: backend.folder,
    env: { ...process.env, ...backend.environment, PORT: '0', HOST: '127.0.0.1' },
    encoding: 'utf8',
  }).trim();
}

test.skipIf(without('npm'))('npm: installed from the registry, shared with a changed copy', limit, async () => {
  const cacheFolder = testFolder();
  const files = {
    'package.json': {
      name: 'x',
      dependencies: { 'is-number': '7.0.0' },
      scripts: { start: 'node index.js' },
    },
    'index.js': 'console.log(require("is-number")(4))',
  };
  const manifest = { ...files['package.json'], dependencies: { 'is-number': '7.0.0' } };
  const folder = testFolder({ ...files, 'package.json': manifest });
  const first = await built(folder, cacheFolder);
  expect(run(first, first.detected.start)).toBe('true');
  const second = await built(
    testFolder({ ...files, 'package.json': manifest, 'index.js': 'console.log(require("is-number")("x"))' }),
    cacheFolder,
  );
  expect(second.cached).toBe(true);
  expect(run(second, second.detected.start)).toBe('false');
  expect(existsSync(join(folder, 'node_modules'))).toBe(false);
  expect(run(first, 'node --version')).toBe(process.version);
});

test.skipIf(without('npm'))('npm: what it cannot install is a failure as npm prints it', limit, async () => {
  const folder = testFolder({
    'package.json': { dependencies: { express: '5' } },
    'package-lock.json': { name: 'x', lockfileVersion: 3, packages: {} },
    'index.js': '',
  });
  const outcome = await buildFolder(folder, testFolder());
  expect(outcome).toMatchObject({ kind: 'build-failed', command: `cd ${folder} && npm ci --no-audit --no-fund` });
  expect('log' in outcome ? outcome.log.join('\n') : '').toMatch(/in sync/);
});

test.skipIf(without('python3'))('pip: a virtual environment beside the sources', limit, async () => {
  const cacheFolder = testFolder();
  const files = {
    'requirements.txt': 'iniconfig==2.0.0\n',
    // Called like what pip itself imports.
    'zipfile.py': 'raise SystemExit("the module of the backend")\n',
    'server.py':
      'import http.server, iniconfig, sys\nprint(iniconfig.__name__, sys.prefix)\nif __name__ == "__main__":\n    pass\n',
  };
  const first = await built(testFolder(files), cacheFolder);
  expect(run(first, first.detected.start)).toBe(`iniconfig ${first.environment.VIRTUAL_ENV}`);
  expect(lstatSync(join(first.folder, '.venv')).isSymbolicLink()).toBe(true);
  const second = await built(testFolder({ ...files, 'extra.py': '' }), cacheFolder);
  expect(second).toMatchObject({ cached: true, environment: { VIRTUAL_ENV: first.environment.VIRTUAL_ENV } });
  rmSync(join(cacheFolder, 'dependencies'), { recursive: true });
  expect(await built(testFolder(files), cacheFolder)).toMatchObject({ cached: false });
});

test.skipIf(without('mvn', 'javac'))(
  'Maven: compiled with its dependencies, and started by the class with main',
  limit,
  async () => {
    const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>shop</artifactId><version>1</version>
    <properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
    <dependencies><dependency><groupId>com.google.code.gson</groupId><artifactId>gson</artifactId><version>2.11.0</version></dependency></dependencies></project>`;
    const main = (value: string): string =>
      `package shop; public class Main { public static void main(String[] a) { System.out.println(new com.google.gson.Gson().toJson("${value}")); } }`;
    const cacheFolder = testFolder();
    const first = await built(testFolder({ 'pom.xml': pom, 'src/main/java/shop/Main.java': main('one') }), cacheFolder);
    expect(run(first, first.detected.start)).toBe('"one"');
    const broken = await buildFolder(
      testFolder({
        'pom.xml': pom,
        'src/main/java/shop/Main.java': 'class Main { static void main(String[] a) { x } }',
      }),
      cacheFolder,
    );
    expect('log' in broken ? broken.log.join('\n') : '').toMatch(/Main\.java/);
  },
);

test.skipIf(without('php', 'composer'))(
  'Composer: the autoloader is made beside the sources it loads',
  limit,
  async () => {
    const files = {
      'composer.json': { name: 'a/b', autoload: { 'psr-4': { 'Shop\\': 'src/' } } },
      'src/A.php': '<?php namespace Shop; class A { const B = "loaded"; }',
      'public/index.php': '<?php require __DIR__ . "/../vendor/autoload.php"; echo Shop\\A::B;',
    };
    const backend = await built(testFolder(files), testFolder());
    expect(run(backend, 'php public/index.php')).toBe('loaded');
    expect(readFileSync(join(backend.folder, '.assay/router.php'), 'utf8')).toMatch(/^<\?php/);
  },
);

test.skipIf(without('go'))('Go: compiled into a program', limit, async () => {
  const files = {
    'go.mod': 'module shop\n\ngo 1.19\n',
    'main.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("gone") }\n',
  };
  const backend = await built(testFolder(files), testFolder());
  expect(run(backend, backend.detected.start)).toBe('gone');
});
