import { chmodSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Fault } from '@assay/contract';
import { noSettings, type Settings } from '../settings/settings.ts';
import { chooseStack } from './choose-stack.ts';
import { detect } from './detect.ts';
import { viewFolder } from './folder-view.ts';
import { testFolder } from './test-folder.ts';

const express = {
  'package.json': { dependencies: { express: '5' }, scripts: { start: 'node server.js' } },
  'package-lock.json': '{}',
};
const django = { 'manage.py': 'import django', 'requirements.txt': 'django\n' };

async function faultOf(folder: string, settings: Settings = noSettings): Promise<Fault> {
  const outcome = await detect(folder, settings).catch((error: unknown) => error);
  if (outcome instanceof Fault) return outcome;
  throw new Error('no fault was thrown', { cause: outcome });
}

describe('detect', () => {
  test('needs no home folder', async () => {
    const home = process.env['HOME'];
    process.env['HOME'] = '/nowhere/at/all';
    try {
      expect(await detect(testFolder(express), noSettings)).toMatchObject({ stack: { framework: 'Express' } });
    } finally {
      process.env['HOME'] = home;
    }
  });

  test('says what a folder is', async () => {
    const folder = testFolder(express);
    const [major, minor] = process.versions.node.split('.');
    expect(await detect(folder, noSettings)).toMatchObject({
      folder,
      stack: { language: 'JavaScript', framework: 'Express', runtime: `Node.js ${major}.${minor}` },
      evidence: 'package.json (express)',
      lockFiles: ['package.json', 'package-lock.json'],
      dependencyFolders: ['node_modules'],
      toolchain: ['npm', 'node'],
      database: 'none',
      sourceHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('lets assay.yaml override any of it', async () => {
    const settings: Settings = {
      ...noSettings,
      start: 'node other.js',
      release: 'node seed.js',
      env: { A: 'b' },
      database: 'postgres',
      build: ['npm run x'],
    };
    expect(await detect(testFolder(express), settings)).toMatchObject({
      start: 'node other.js',
      release: 'node seed.js',
      environment: { A: 'b' },
      database: 'postgres',
      install: [],
      compile: ['npm run x'],
      evidence: 'package.json (express), assay.yaml (start)',
    });
  });

  test('knows a build that only repeats the install command, and a build beside an install', async () => {
    expect(await detect(testFolder(express), { ...noSettings, build: ['npm ci'] })).toMatchObject({
      install: ['npm ci --no-audit --no-fund'],
      compile: [],
    });
    expect(await detect(testFolder(express), { ...noSettings, install: ['npm ci'], build: ['make'] })).toMatchObject({
      install: ['npm ci'],
      compile: ['make'],
    });
    expect(await detect(testFolder(express), { ...noSettings, build: false, release: false })).toMatchObject({
      install: [],
      compile: [],
      release: null,
    });
  });

  test('takes a Procfile, and a folder of nothing but a start command', async () => {
    const heroku = await detect(
      testFolder({ ...express, Procfile: 'web: node web.js\nworker: x\nrelease: node migrate.js\n' }),
      noSettings,
    );
    expect(heroku).toMatchObject({
      start: 'node web.js',
      release: 'node migrate.js',
      releaseIsGuess: false,
      stack: { framework: 'Express' },
    });
    const other = await detect(testFolder({ 'main.rb': '' }), { ...noSettings, start: 'ruby main.rb' });
    expect(other).toMatchObject({
      start: 'ruby main.rb',
      stack: { language: 'unknown', framework: null, runtime: null },
      database: 'postgres',
      install: [],
    });
  });

  test.each([
    ['node web.js', { 'server.js': '' }, 'node server.js'],
    ['node --trace-warnings ./web', { 'server.js': '' }, 'node server.js'],
    ['node web.js', {}, 'node web.js'],
    ['node web.js', { 'server.js': '', 'web.ts': '' }, 'node web.js'],
    ['node dist/web.js', { 'server.js': '' }, 'node dist/web.js'],
    ['npm run web', { 'server.js': '' }, 'npm run web'],
  ])('a Procfile that says %s, with %j', async (web, files, start) => {
    const folder = testFolder({ ...express, ...files, Procfile: `web: ${web}\n` });
    expect(await detect(folder, noSettings)).toMatchObject({ start });
  });

  test('reads no list of dependencies of another language where a backend of one that the start command names is recognised', async () => {
    const folder = testFolder({ ...django, 'package.json': { dependencies: { '@shop/ui': 'workspace:*' } } });
    const start = 'npx concurrently "python3 manage.py runserver"';
    expect(chooseStack(viewFolder(folder), start)).toMatchObject({ framework: 'Django' });
  });

  test('installs what a start command of the same language needs, where nothing else shows what is started', async () => {
    const python = { 'requirements.txt': 'psycopg[binary]\n', Procfile: 'web: python3 -m readings --port $PORT\n' };
    expect(await detect(testFolder(python), noSettings)).toMatchObject({
      start: 'python3 -m readings --port $PORT',
      stack: { language: 'Python', framework: null },
      evidence: 'requirements.txt, Procfile (web)',
      dependencyFolders: ['.venv'],
    });
    const javascript = { 'package.json': { dependencies: { pg: '8' } }, 'lib/web.js': '' };
    expect(await detect(testFolder(javascript), { ...noSettings, start: 'node lib/web.js' })).toMatchObject({
      start: 'node lib/web.js',
      stack: { language: 'JavaScript' },
      install: ['npm install --no-audit --no-fund'],
    });
    const php = { 'composer.json': { require: { 'ext-pdo': '*' } }, 'src/front.php': '' };
    expect(chooseStack(viewFolder(testFolder(php)), 'php -S $HOST:$PORT src/front.php')).toMatchObject({
      language: 'PHP',
      dependencyFolders: ['vendor', 'composer.lock'],
    });
    const tooling = { 'package.json': { devDependencies: { prettier: '3' } } };
    expect(await detect(testFolder(tooling), { ...noSettings, start: './server' })).toMatchObject({ install: [] });
  });

  test('shows a sandbox the programs of other languages that the commands name', async () => {
    const settings = { ...noSettings, build: ['cargo build --release'], start: './target/release/readings' };
    expect(await detect(testFolder({ 'Cargo.toml': '' }), settings)).toMatchObject({ toolchain: ['cargo'] });
    const ruby = { ...noSettings, install: ['bundle install'], start: 'bundle exec ruby lib/go.rb --port=$PORT' };
    expect(await detect(testFolder({ Gemfile: '' }), ruby)).toMatchObject({ toolchain: ['bundle', 'ruby'] });
  });

  test('shows a sandbox the programs that only the scripts of package.json name', async () => {
    const scripts = { build: 'bun build src/server.ts', start: 'bun run dist/server.js' };
    const folder = testFolder({ 'package.json': { dependencies: { hono: '4' }, scripts } });
    expect((await detect(folder, noSettings)).toolchain).toContain('bun');
  });

  test("leaves Heroku's own servers for PHP to Heroku", async () => {
    const files = {
      'composer.json': { require: {} },
      'index.php': '<?php',
      Procfile: 'web: vendor/bin/heroku-php-apache2 public/\n',
    };
    expect((await detect(testFolder(files), noSettings)).start).toMatch(/php.* -S /);
  });

  test('says none for the database only when nothing speaks of PostgreSQL', async () => {
    expect(await detect(testFolder({ ...express, 'server.js': 'process.env.DATABASE_URL' }), noSettings)).toMatchObject(
      { database: 'postgres' },
    );
    expect(await detect(testFolder({ 'index.php': '<?php new PDO("sqlite:x");' }), noSettings)).toMatchObject({
      database: 'postgres',
    });
  });

  test('does not take tooling beside a backend for a second one', async () => {
    const tooling = {
      'package.json': { devDependencies: { webpack: '5' }, scripts: { start: 'webpack serve', build: 'webpack' } },
    };
    expect(await detect(testFolder({ ...django, ...tooling }), noSettings)).toMatchObject({
      stack: { framework: 'Django' },
    });
    const script = { 'package.json': { scripts: { start: 'node tools/watch.js' } } };
    expect(await detect(testFolder({ ...django, ...script }), noSettings)).toMatchObject({
      stack: { framework: 'Django' },
    });
  });

  test('refuses two stacks, and lets a start command settle it', async () => {
    const folder = testFolder({ ...express, ...django });
    const fault = await faultOf(folder);
    expect(fault.code).toBe('ambiguous-stack');
    expect(fault.message).toBe(
      `${folder} could be started as more than one backend: Express in package.json (express); Django in manage.py (django).`,
    );
    expect(await detect(folder, { ...noSettings, start: 'gunicorn shop.wsgi' })).toMatchObject({
      stack: { framework: 'Django' },
    });
  });
});

describe('what detect refuses', () => {
  test('no folder, a file, the root, an empty folder', async () => {
    expect(await faultOf('/no/such/place')).toMatchObject({
      code: 'no-such-folder',
      message: 'There is no folder /no/such/place.',
    });
    const file = join(testFolder({ 'a.txt': '' }), 'a.txt');
    expect(await faultOf(file)).toMatchObject({ code: 'no-such-folder', message: `${file} is a file, not a folder.` });
    expect(await faultOf('/')).toMatchObject({
      code: 'not-a-backend',
      message: '/ is the root of the machine, not the folder of one backend.',
    });
    expect(await faultOf(homedir())).toMatchObject({ code: 'not-a-backend' });
    expect((await faultOf(testFolder())).message).toMatch(/The folder is empty\. Looked for: package\.json/);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that cannot be read', async () => {
    const folder = testFolder(express);
    chmodSync(folder, 0);
    onTestFinished(() => chmodSync(folder, 0o755));
    expect(await faultOf(folder)).toMatchObject({ code: 'no-such-folder' });
  });

  test.each([
    [{ Dockerfile: 'FROM x' }, /There is a Dockerfile: Assay does not run containers/],
    [{ Gemfile: '' }, /There is a Gemfile: for Ruby, say in assay\.yaml how to `build:` and `start:` it\./],
    [{ 'shop.csproj': '' }, /for \.NET/],
    [{ 'package.json': { dependencies: { react: '19' } } }, /names no server framework/],
    [
      { 'package.json': { workspaces: ['apps/*'] }, 'apps/api/package.json': { dependencies: { express: '5' } } },
      /There is a backend in \.\/apps\/api, a member of this workspace: say here, in an assay\.yaml, how to start it, such as `start: npm start --prefix apps\/api`/,
    ],
    [
      {
        'nx.json': {},
        'package.json': { devDependencies: { nx: '21' } },
        'apps/api/src/main.ts': 'createServer().listen(1)',
      },
      /There is a backend in \.\/apps\/api, a member of this workspace: .* `build: npx nx build api` and `start: node dist\/apps\/api\/main\.js`/,
    ],
    [
      { 'backend/manage.py': 'import django', 'web/package.json': {} },
      /There is a backend in \.\/backend: give that folder instead\./,
    ],
    [
      { 'apps/api/package.json': { dependencies: { express: '5' } }, 'apps/api/index.js': '' },
      /There is a backend in \.\/apps\/api/,
    ],
  ])('%j, with a hint', async (files, hint) => {
    const fault = await faultOf(testFolder(files));
    expect(fault.code).toBe('not-a-backend');
    expect(fault.message).toMatch(hint);
  });

  test.each([
    ["require '../vendor/autoload.php';", false],
    ["require_once __DIR__ . '/../vendor/autoload.php';", false],
    ["require __DIR__ . '/../../src/shop.php';", false],
    ["require __DIR__ . '/config.php';", true],
    ['echo 1;', true],
  ])('a folder whose index.php says %s: a hint sends there: %s', async (code, isSent) => {
    const files = { 'composer.json': {}, 'src/index.php': `<?php\n${code}\n`, 'src/config.php': '' };
    expect((await faultOf(testFolder(files))).message.includes('give that folder')).toBe(isSent);
  });

  test('a backend that nothing says how to start', async () => {
    const fault = await faultOf(testFolder({ 'package.json': { dependencies: { express: '5' } } }));
    expect(fault.message).toMatch(
      /holds Express \(package\.json \(express\)\), but it cannot be told how to start it: package\.json has no `start` script/,
    );
  });

  test('manifests that cannot be read', async () => {
    expect((await faultOf(testFolder({ 'package.json': '{' }))).message).toMatch(/^package\.json is not valid JSON: /);
    expect((await faultOf(testFolder({ 'pyproject.toml': '[project' }))).message).toMatch(
      /^pyproject\.toml is not valid TOML: /,
    );
  });

  test('a toolchain that is missing', async () => {
    const path = process.env.PATH;
    onTestFinished(() => {
      process.env.PATH = path;
    });
    process.env.PATH = testFolder();
    const fault = await faultOf(
      testFolder({
        'pom.xml': '<project/>',
        'src/main/java/Main.java': 'class Main { static void main(String[] a) {} }',
      }),
    );
    expect(fault).toMatchObject({ code: 'toolchain-missing', kind: 'surroundings' });
    expect(fault.message).toBe(
      'This is a Java backend (pom.xml), which needs `java` to run it and `javac` to compile it and `mvn` to build it; not found on the PATH.',
    );
  });

  test('a toolchain that is too old', async () => {
    const project = '[project]\nname = "x"\nrequires-python = ">=9.1,<10"\ndependencies = ["fastapi", "uvicorn"]\n';
    const fault = await faultOf(testFolder({ 'pyproject.toml': project, 'main.py': 'app = FastAPI()\n' }));
    expect(fault).toMatchObject({ code: 'toolchain-missing' });
    expect(fault.message).toMatch(
      /^This is a FastAPI backend whose pyproject\.toml asks for python3 9\.1 or newer; the one on the PATH is 3\.\d+\.$/,
    );
  });

  test('nothing outside of the folder is looked at', async () => {
    const outside = testFolder({ 'server.js': 'x.listen(1)' });
    const folder = testFolder();
    symlinkSync(join(outside, 'server.js'), join(folder, 'server.js'));
    expect(await faultOf(folder)).toMatchObject({ code: 'not-a-backend' });
  });
});
