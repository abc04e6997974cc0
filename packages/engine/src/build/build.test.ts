import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Fault } from '@assay/contract';
import type { BuiltBackend, LaunchFailure, OutputLine } from '../backend.ts';
import { detect } from '../detect/detect.ts';
import { testFolder, writeFiles } from '../detect/test-folder.ts';
import { noSettings, type Settings } from '../settings/settings.ts';
import { build } from './build.ts';
import type { BuildOptions } from './build-options.ts';
import { listSources } from '../detect/sources.ts';

interface Setup {
  readonly cacheFolder: string;
  readonly output: OutputLine[];
  run(
    folder: string,
    settings?: Partial<Settings>,
    options?: Partial<BuildOptions>,
  ): Promise<BuiltBackend | LaunchFailure>;
}

function setUp(): Setup {
  const cacheFolder = testFolder();
  const output: OutputLine[] = [];
  return {
    cacheFolder,
    output,
    async run(folder, settings = {}, options = {}) {
      const detected = await detect(folder, { ...noSettings, ...settings });
      return build(detected, {
        cacheFolder,
        onOutput: (line) => output.push(line),
        signal: new AbortController().signal,
        ...options,
      });
    },
  };
}

function built(outcome: BuiltBackend | LaunchFailure): BuiltBackend {
  if ('kind' in outcome) throw new Error(outcome.detail);
  return outcome;
}

function failed(outcome: BuiltBackend | LaunchFailure): LaunchFailure {
  if (!('kind' in outcome)) throw new Error(`built into ${outcome.folder}`);
  return outcome;
}

/** Every command counts itself in a file outside of the build. */
const counting = (log: string): string => `echo x >> ${log}`;
const countOf = (log: string): number => (existsSync(log) ? readFileSync(log, 'utf8').length / 2 : 0);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

describe('build', () => {
  test('copies the sources, compiles, and writes nothing into the folder of the person', async () => {
    const { run, output } = setUp();
    const folder = testFolder({ 'a.txt': 'a', 'run.sh': '', 'lib/b.txt': 'b' });
    const outcome = built(
      await run(folder, { start: './run.sh', build: ['echo building; cat a.txt lib/b.txt > made.txt'] }),
    );
    expect(readFileSync(join(outcome.folder, 'made.txt'), 'utf8')).toBe('ab');
    expect(outcome.cached).toBe(false);
    expect(output).toContainEqual({ source: 'build', stream: 'stdout', line: 'building' });
    expect(listSources(folder).map((source) => source.path)).toEqual(['a.txt', 'lib/b.txt', 'run.sh']);
    expect(listSources(outcome.folder).find((source) => source.path === 'run.sh')?.executable).toBe(true);
  });

  test('runs nothing again for the same sources and commands, wherever they stand', async () => {
    const { run } = setUp();
    const log = join(testFolder(), 'log');
    const settings = { start: 'x', build: [counting(log)] };
    const first = built(await run(testFolder({ a: '1' }), settings));
    const second = built(await run(testFolder({ a: '1' }), settings));
    expect(second).toMatchObject({ cached: true, folder: first.folder });
    expect(countOf(log)).toBe(1);
    expect(built(await run(testFolder({ a: '2' }), settings)).folder).not.toBe(first.folder);
    expect(countOf(log)).toBe(2);
    await run(testFolder({ a: '1' }), { ...settings, env: { LEVEL: '3' } });
    expect(countOf(log)).toBe(3);
  });

  test('compiles on from the last build of the same folder, unless a source has gone', async () => {
    const { run } = setUp();
    const folder = testFolder({ a: '1', b: '1' });
    const settings = { start: 'x', build: ['test -e out/a || { mkdir -p out; date > out/a; touch anew; }'] };
    expect(existsSync(join(built(await run(folder, settings)).folder, 'anew'))).toBe(true);
    writeFiles(folder, { a: '2' });
    const second = built(await run(folder, { ...settings, build: ['rm -f anew', ...settings.build] }));
    expect(existsSync(join(second.folder, 'out/a'))).toBe(true);
    expect(existsSync(join(second.folder, 'anew'))).toBe(false);
    expect(readFileSync(join(second.folder, 'a'), 'utf8')).toBe('2');
    writeFiles(folder, { c: '3' });
    rmSync(join(folder, 'b'));
    const third = built(await run(folder, settings));
    expect(existsSync(join(third.folder, 'anew'))).toBe(true);
    expect(existsSync(join(third.folder, 'b'))).toBe(false);
  });

  test('installs once for each lock file, and shares what was installed between sources', async () => {
    const { cacheFolder } = setUp();
    const log = join(testFolder(), 'log');
    const files = { 'package.json': { dependencies: { express: '5' } }, 'package-lock.json': '{}', 'index.js': '1' };
    const detected = await detect(testFolder(files), noSettings);
    expect(detected.install).not.toEqual([]);
    const options = { cacheFolder, onOutput: () => {}, signal: new AbortController().signal };
    const install = [`${counting(log)}; mkdir -p node_modules/m; echo module > node_modules/m/index.js`];
    const one = built(await build({ ...detected, install }, options));
    const mutant = await detect(testFolder({ ...files, 'index.js': '2' }), noSettings);
    const two = built(await build({ ...mutant, install }, options));
    expect(countOf(log)).toBe(1);
    expect(two).toMatchObject({ cached: true });
    expect(two.folder).not.toBe(one.folder);
    expect(readFileSync(join(two.folder, 'node_modules/m/index.js'), 'utf8')).toBe('module\n');
    const other = await detect(testFolder({ ...files, 'package-lock.json': '{"a":1}' }), noSettings);
    await build({ ...other, install }, options);
    expect(countOf(log)).toBe(2);
  });

  test('makes links again that stay inside, and leaves out those that lead out', async () => {
    const { run, output } = setUp();
    const folder = testFolder({ 'a/b.txt': 'b' });
    symlinkSync('a/b.txt', join(folder, 'inside'));
    symlinkSync('../inside', join(folder, 'a', 'up'));
    symlinkSync('/etc/passwd', join(folder, 'absolute'));
    symlinkSync('../../x', join(folder, 'a', 'climbing'));
    symlinkSync('a/../../x', join(folder, 'winding'));
    const outcome = built(await run(folder, { start: 'x' }));
    expect(readFileSync(join(outcome.folder, 'a/up'), 'utf8')).toBe('b');
    expect(readdirSync(outcome.folder).sort()).toEqual(['.assay', 'a', 'inside']);
    expect(output.map((line) => line.line)).toEqual(
      ['a/climbing', 'absolute', 'winding'].map(
        (path) => `assay: the link ${path} leads out of the folder and was left out.`,
      ),
    );
  });

  test('gives commands a quiet environment without what leaks from our own', async () => {
    const { run, output } = setUp();
    process.env.npm_config_local_prefix = '/somewhere';
    process.env.DATABASE_URL ??= 'postgres://person@localhost/own';
    const outcome = built(await run(testFolder({ a: '' }), { start: 'x', build: ['env'], env: { MINE: 'yes' } }));
    delete process.env.npm_config_local_prefix;
    expect(outcome.cached).toBe(false);
    const lines = output.map((line) => line.line);
    expect(lines).toEqual(expect.arrayContaining(['ASSAY_BUILD=1', 'MINE=yes', `HOME=${process.env.HOME}`]));
    // What npm is told about registries and its cache stays, also when npm runs these tests.
    const leaked = /^(npm_(?!config_)|npm_config_local_prefix|NODE_ENV|VITEST|DATABASE_URL|PGHOST)/;
    expect(lines.filter((line) => leaked.test(line))).toEqual([]);
  });

  test('gives a command in a sandbox none of the secrets in our environment', async () => {
    const { run, output } = setUp();
    vi.stubEnv('GITHUB_TOKEN', 'secret-1');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-2');
    vi.stubEnv('DEPLOY_KEY', 'secret-3');
    vi.stubEnv('PIP_INDEX_URL', 'https://registry.example/simple');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const folder = testFolder({ 'a.txt': '' });
    const wrapCommand = (argv: readonly string[]) => argv;
    built(await run(folder, { build: ['env'], start: './a' }, { wrapCommand }));
    const printed = output.map(({ line }) => line).join('\n');
    expect(printed).not.toContain('secret-');
    expect(printed).toContain('PIP_INDEX_URL=https://registry.example/simple');
    expect(printed).toMatch(/^PATH=/m);
  });

  test('writes through no link that the last build left where a folder or a file of the sources belongs', async () => {
    const { run } = setUp();
    const elsewhere = testFolder({ authorized_keys: 'theirs\n' });
    const folder = testFolder({ 'src/authorized_keys': 'new\n', 'b.txt': '1' });
    const settings = {
      build: [
        `rm -rf src .assay b.txt && ln -s ${elsewhere} src && ln -s ${elsewhere} .assay && ln -s ${elsewhere}/b.txt b.txt`,
      ],
      start: './a',
    };
    built(await run(folder, settings));
    writeFileSync(join(folder, 'c.txt'), '2');
    const again = built(await run(folder, settings));
    expect(readdirSync(elsewhere)).toEqual(['authorized_keys']);
    expect(readFileSync(join(elsewhere, 'authorized_keys'), 'utf8')).toBe('theirs\n');
    expect(readFileSync(join(again.folder, 'c.txt'), 'utf8')).toBe('2');
  });

  test('builds where a file of the last build stands in the place of a folder of the sources', async () => {
    const { run } = setUp();
    const folder = testFolder({ 'main.txt': '1' });
    const settings = { build: ['test -d app || echo built > app'], start: './app' };
    built(await run(folder, settings));
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/page.txt'), '2');
    const again = built(await run(folder, settings));
    expect(readFileSync(join(again.folder, 'app/page.txt'), 'utf8')).toBe('2');
  });

  test('puts a wrapper around every command', async () => {
    const { run, output } = setUp();
    const wrapCommand = (argv: readonly string[], cwd: string): readonly string[] => [
      'sh',
      '-c',
      'echo "wrapped in $0"; "$@"',
      cwd,
      ...argv,
    ];
    const outcome = built(await run(testFolder({ a: '' }), { start: 'x', build: ['echo inner'] }, { wrapCommand }));
    expect(output.map((line) => line.line)).toEqual([`wrapped in ${outcome.folder}`, 'inner']);
  });
});

describe('a build that does not end well', () => {
  test('is a failure with the last lines and the command to repeat it, and leaves nothing', async () => {
    const { run, cacheFolder } = setUp();
    const folder = testFolder({ a: '' });
    const failure = failed(
      await run(folder, { start: 'x', build: ['true', 'echo one; echo "two: no such thing" >&2; exit 3'] }),
    );
    expect(failure).toMatchObject({
      kind: 'build-failed',
      command: `cd ${folder} && true && echo one; echo "two: no such thing" >&2; exit 3`,
      log: ['one', 'two: no such thing'],
    });
    expect(failure.message).toMatch(/ended with exit status 3\.$/);
    expect(readdirSync(join(cacheFolder, 'builds'))).toEqual([]);
  });

  test('is stopped when its time is up, with everything it started', async () => {
    const { run } = setUp();
    const pidFile = join(testFolder(), 'pid');
    const failure = failed(
      await run(
        testFolder({ a: '' }),
        { start: 'x', build: [`sleep 1000 & echo $! > ${pidFile}; wait`] },
        { timeoutMs: 700 },
      ),
    );
    expect(failure.message).toMatch(/^The build took longer than 1 s: /);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await until(() => !isRunning(pid));
  });

  test('may print much: it is passed on as it comes, and its last words are kept', async () => {
    const { run } = setUp();
    const lines: string[] = [];
    const failure = failed(
      await run(
        testFolder({ a: '' }),
        { start: 'x', build: ['seq 1 100000; echo the last words; exit 3'] },
        { onOutput: ({ line }) => void lines.push(line) },
      ),
    );
    expect(lines).toHaveLength(100_001);
    expect(failure.log.at(-1)).toBe('the last words');
  });

  test('is a fault when it is interrupted', async () => {
    const { run, cacheFolder } = setUp();
    const controller = new AbortController();
    const pidFile = join(testFolder(), 'pid');
    const outcome = run(
      testFolder({ a: '' }),
      { start: 'x', build: [`echo $$ > ${pidFile}; sleep 1000`] },
      { signal: controller.signal },
    ).catch((error: unknown) => error);
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
    controller.abort();
    expect(await outcome).toMatchObject({ code: 'interrupted' });
    expect(readdirSync(join(cacheFolder, 'builds'))).toEqual([]);
  });

  test('is a fault when no registry can be reached, and when the cache cannot be written', async () => {
    const { run } = setUp();
    const settings = { start: 'x', build: ['echo "npm error code EAI_AGAIN" >&2; exit 1'] };
    await expect(run(testFolder({ a: '' }), settings)).rejects.toMatchObject({
      code: 'registry-unreachable',
      kind: 'surroundings',
    });
    const cacheFolder = join(testFolder({ file: '' }), 'file');
    await expect(run(testFolder({ a: '' }), settings, { cacheFolder })).rejects.toBeInstanceOf(Fault);
  });

  test.each([
    ['npm error code E401', 'registry-unreachable'],
    ['ERROR: HTTP error 403 while getting https://x/simple', 'registry-unreachable'],
    ['curl error 28 while downloading https://repo.packagist.org/packages.json', 'registry-unreachable'],
    ['- Root composer.json requires PHP extension ext-intl * but it is missing from your system.', 'toolchain-missing'],
    ['error: release version 21 not supported', 'toolchain-missing'],
    ['Error: pg_config executable not found.', 'toolchain-missing'],
    ['npm error code EBADENGINE', 'toolchain-missing'],
  ])('is no failure of the backend when it ends with: %s', async (line, code) => {
    const { run } = setUp();
    const outcome = run(testFolder({ a: '' }), { start: 'x', build: [`echo '${line}' >&2; exit 1`] });
    await expect(outcome).rejects.toMatchObject({ code, kind: 'surroundings' });
  });

  test.each([
    'java.net.ConnectException: Connection refused (Connection refused)',
    'Error: getaddrinfo ENOTFOUND db',
    'AxiosError: Request failed with status code 401',
    ' WARN  Unsupported engine: wanted: {"node":">=18"} (current: {"node":"v24.0.0"})',
  ])('is one of the backend where its own tests or a mere warning said: %s', async (line) => {
    const { run } = setUp();
    const build = [`echo '${line}' >&2; echo 'a test failed' >&2; exit 1`];
    expect(failed(await run(testFolder({ a: '' }), { start: 'x', build })).kind).toBe('build-failed');
  });

  test('never passes for whole after Assay was killed, and dies with it', async () => {
    const { run, cacheFolder } = setUp();
    const folder = testFolder({ a: '' });
    const pidFile = join(testFolder(), 'pid');
    const gate = join(testFolder(), 'gate');
    const settings = {
      start: 'x',
      build: [`echo half > half.txt; echo $$ > ${pidFile}; test -e ${gate} || sleep 1000`],
    };
    const assay = buildInProcess(folder, settings, cacheFolder);
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    assay.kill('SIGKILL');
    await once(assay, 'exit');
    await until(() => !isRunning(pid));
    writeFileSync(gate, '');
    const outcome = built(await run(folder, settings));
    expect(outcome.cached).toBe(false);
    expect(readFileSync(join(outcome.folder, 'half.txt'), 'utf8')).toBe('half\n');
    expect(built(await run(folder, settings)).cached).toBe(true);
  });

  test('does not happen to two Assays that build the same at once: one builds, both get it', async () => {
    const { cacheFolder } = setUp();
    const folder = testFolder({ a: '' });
    const log = join(testFolder(), 'log');
    const settings = {
      start: 'x',
      build: [`${counting(log)}; i=0; while [ $i -lt 200 ]; do echo $i >> out.txt; i=$((i+1)); done`],
    };
    const outputs = await Promise.all([1, 2, 3].map(() => resultOf(buildInProcess(folder, settings, cacheFolder))));
    expect(countOf(log)).toBe(1);
    expect(new Set(outputs.map((output) => output.folder)).size).toBe(1);
    expect(readFileSync(join(outputs[0]?.folder ?? '', 'out.txt'), 'utf8').split('\n')).toHaveLength(201);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Another Assay: a process of its own that builds and prints where. */
function buildInProcess(folder: string, settings: Partial<Settings>, cacheFolder: string): ReturnType<typeof spawn> {
  const script = `
    import { build } from ${JSON.stringify(join(import.meta.dirname, 'build.ts'))};
    import { detect } from ${JSON.stringify(join(import.meta.dirname, '../detect/detect.ts'))};
    const detected = await detect(${JSON.stringify(folder)}, ${JSON.stringify({ ...noSettings, ...settings })});
    const outcome = await build(detected, { cacheFolder: ${JSON.stringify(cacheFolder)}, onOutput() {}, signal: new AbortController().signal });
    process.stdout.write(JSON.stringify(outcome));
  `;
  const file = join(testFolder({ 'other.ts': script, 'package.json': { type: 'module' } }), 'other.ts');
  return spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function resultOf(child: ReturnType<typeof spawn>): Promise<BuiltBackend> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, 'close');
  return JSON.parse(text);
}
