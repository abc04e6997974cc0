import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { recognised, type RecognisedCase } from '../recognised.ts';
import { testFolder } from '../test-folder.ts';

const listening = "require('node:http').createServer(() => {}).listen(process.env.PORT)\n";

const cases: readonly RecognisedCase[] = [
  [
    'Express with a start script and a lock file',
    {
      'package.json': {
        dependencies: { express: '5', pg: '8' },
        scripts: { start: 'node server.js', migrate: 'node migrate.js' },
      },
      'package-lock.json': '{"node_modules/pg":{}}',
    },
    {
      framework: 'Express',
      language: 'JavaScript',
      start: { command: 'node server.js' },
      install: ['npm ci --no-audit --no-fund'],
      release: 'npm run migrate',
      speaksPostgres: true,
    },
  ],
  [
    'Express without a start script',
    { 'package.json': { dependencies: { express: '5' } }, 'src/app.js': 'x.listen(1)' },
    { start: { command: 'node src/app.js' }, install: ['npm install --no-audit --no-fund'], speaksPostgres: false },
  ],
  [
    'Express in TypeScript',
    { 'package.json': { dependencies: { express: '5' } }, 'src/server.ts': 'app.listen(1)' },
    { language: 'TypeScript', start: { command: 'node src/server.ts' }, compile: [] },
  ],
  [
    'Express in TypeScript that is compiled to what `main` names',
    {
      'package.json': { dependencies: { express: '5' }, main: './dist/index.js', scripts: { build: 'tsc' } },
      'tsconfig.json': { compilerOptions: { outDir: './dist' } },
      'src/index.ts': 'app.listen(1)',
    },
    { start: { command: 'node dist/index.js' }, compile: ['npm run build'] },
  ],
  [
    'Express in TypeScript that is only checked, with a `main` left over',
    {
      'package.json': { dependencies: { express: '5' }, main: 'dist/index.js', scripts: { build: 'tsc --noEmit' } },
      'tsconfig.json': { compilerOptions: { outDir: './dist' } },
      'src/index.ts': 'app.listen(1)',
    },
    { start: { command: 'node src/index.ts' } },
  ],
  [
    'Express in TypeScript that only a script for development starts',
    {
      'package.json': {
        dependencies: { express: '5' },
        devDependencies: { tsx: '4' },
        scripts: { dev: 'tsx watch src/index.ts' },
      },
      'src/index.ts': 'app.listen(1)',
    },
    { start: { command: 'node --import tsx src/index.ts' } },
  ],
  [
    'Express in TypeScript with ts-node',
    {
      'package.json': { dependencies: { express: '4' }, devDependencies: { 'ts-node': '10' } },
      'src/index.ts': 'app.listen(1)',
    },
    { start: { command: 'ts-node --transpile-only src/index.ts' } },
  ],
  [
    'Express in TypeScript with ts-node, where only what a bundler reads is a module',
    {
      'package.json': {
        dependencies: { express: '4' },
        devDependencies: { 'ts-node': '10' },
        bundle: { type: 'module' },
      },
      'src/index.ts': 'app.listen(1)',
    },
    { start: { command: 'ts-node --transpile-only src/index.ts' } },
  ],
  [
    'a watcher is left out',
    { 'package.json': { dependencies: { express: '5' }, scripts: { start: 'nodemon index.js' } } },
    { start: { command: 'node index.js' } },
  ],
  [
    'a pre-start hook needs npm',
    { 'package.json': { dependencies: { express: '5' }, scripts: { prestart: 'x', start: 'node index.js' } } },
    { start: { command: 'npm run start' } },
  ],
  [
    'Fastify with its own command',
    {
      'package.json': { dependencies: { fastify: '5' }, scripts: { start: 'fastify start app.js' } },
      'pnpm-lock.yaml': '',
    },
    {
      framework: 'Fastify',
      start: { command: 'FASTIFY_ADDRESS=$HOST fastify start app.js' },
      install: [expect.stringMatching(/^(npx --yes pnpm@10|pnpm) install --frozen-lockfile$/)],
    },
  ],
  [
    'NestJS',
    {
      'package.json': {
        dependencies: { '@nestjs/core': '11', express: '5' },
        scripts: { build: 'nest build', start: 'nest start', 'start:prod': 'node dist/main' },
      },
      'tsconfig.json': '{}',
    },
    { framework: 'NestJS', language: 'TypeScript', compile: ['npm run build'], start: { command: 'node dist/main' } },
  ],
  [
    'NestJS without a build script',
    {
      'package.json': {
        dependencies: { '@nestjs/core': '11' },
        devDependencies: { '@nestjs/cli': '11' },
        scripts: { 'start:prod': 'node dist/main' },
      },
    },
    { compile: ['npx nest build'], start: { command: 'node dist/main' } },
  ],
  [
    'Koa',
    { 'package.json': { dependencies: { koa: '3' } }, 'index.js': '' },
    { framework: 'Koa', start: { command: 'node index.js' } },
  ],
  [
    'Hono',
    { 'package.json': { dependencies: { hono: '4' } }, 'src/index.ts': 'serve(app)' },
    { framework: 'Hono', start: { command: 'node src/index.ts' } },
  ],
  [
    'Hono that Bun serves',
    {
      'package.json': { dependencies: { hono: '4' }, scripts: { dev: 'bun run --hot src/index.ts' } },
      'bun.lock': '',
      'src/index.ts': 'const app = new Hono()\nexport default app\n',
    },
    { start: { command: 'bun run src/index.ts' }, programs: ['bun'] },
  ],
  [
    'Hono that Node.js serves, installed by Bun',
    { 'package.json': { dependencies: { hono: '4' } }, 'bun.lock': '', 'src/index.ts': 'serve(app)' },
    { start: { command: 'node src/index.ts' } },
  ],
  [
    'the framework that is imported, of two',
    {
      'package.json': { dependencies: { express: '5', fastify: '5' } },
      'index.js': "import express from 'express'; x.listen()",
    },
    { framework: 'Express' },
  ],
  [
    'plain Node.js',
    { 'server.js': listening },
    { framework: null, language: 'JavaScript', start: { command: 'node server.js' }, install: [] },
  ],
  [
    'plain Node.js with a package.json',
    { 'package.json': { dependencies: { pg: '8' } }, 'server.js': listening },
    { framework: null, start: { command: 'node server.js' }, speaksPostgres: true },
  ],
  [
    'Prisma',
    {
      'package.json': { dependencies: { express: '5', '@prisma/client': '6', prisma: '6' } },
      'index.js': '',
      'prisma/schema.prisma': '',
      'prisma/migrations/1/m.sql': '',
    },
    {
      release: 'npx prisma migrate deploy',
      compile: ['DATABASE_URL=postgresql://127.0.0.1:5432/postgres npx prisma generate'],
      installReadsSources: true,
    },
  ],
  [
    'Knex',
    { 'package.json': { dependencies: { express: '5', knex: '3' } }, 'index.js': '', 'knexfile.js': '' },
    { release: 'npx knex migrate:latest' },
  ],
  [
    'Drizzle by a script of its own, with tools of another mapper left over',
    {
      'package.json': {
        dependencies: { fastify: '4', 'drizzle-orm': '0.29', 'sequelize-cli': '6' },
        scripts: { 'drizzle:migrate': 'ts-node migrate.ts' },
      },
      'index.js': '',
      'migrations/0001.sql': '',
    },
    { release: 'npm run drizzle:migrate' },
  ],
  [
    'what was compiled, by its `server` script',
    {
      'package.json': { dependencies: { express: '4' }, scripts: { build: 'tsc', server: 'node build/server.js' } },
      'src/server.ts': listening,
    },
    { start: { command: 'node build/server.js' } },
  ],
];

describe('JavaScript stacks', () => {
  test.each([
    [{ 'yarn.lock': '' }, 'npx --yes yarn@1 install --frozen-lockfile --non-interactive'],
    [{ 'yarn.lock': '', '.yarnrc.yml': '' }, 'npx --yes @yarnpkg/cli-dist install --immutable'],
    [{ 'pnpm-lock.yaml': '' }, 'npx --yes pnpm@9.1.0 install --frozen-lockfile'],
  ])('a package manager that the machine lacks comes through npm: %j', (lock, command) => {
    const path = process.env.PATH;
    onTestFinished(() => {
      process.env.PATH = path;
    });
    process.env.PATH = '';
    const manifest = { dependencies: { express: '5' }, packageManager: 'pnpm@9.1.0+sha512.abc' };
    const [found] = recognised({ 'package.json': manifest, 'index.js': '', ...lock });
    expect(found).toMatchObject({ install: [command], tools: [{ program: 'npx' }] });
  });

  test.each([
    ['5.4', {}, '7'],
    ["'6.0'", {}, '8'],
    ["'9.0'", {}, '9'],
    ["'9.0'", { 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n' }, '9'],
    ["'9.0'", { 'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - bcrypt\n' }, '10'],
    [
      "'9.0'",
      { 'package.json': { dependencies: { express: '5' }, pnpm: { onlyBuiltDependencies: ['bcrypt'] } } },
      '10',
    ],
  ])('pnpm is fetched in the version that made the lock file: %s with %j', (version, files, major) => {
    vi.stubEnv('PATH', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    const [found] = recognised({
      'package.json': { dependencies: { express: '5' } },
      'index.js': '',
      'pnpm-lock.yaml': `lockfileVersion: ${version}\n`,
      ...files,
    });
    expect(found).toMatchObject({ install: [`npx --yes pnpm@${major} install --frozen-lockfile`] });
  });

  test('a Yarn on the machine is taken for a later one only where the project leads it to that', () => {
    const bin = testFolder({ yarn: '' });
    chmodSync(join(bin, 'yarn'), 0o755);
    vi.stubEnv('PATH', bin);
    onTestFinished(() => void vi.unstubAllEnvs());
    const install = (files: Readonly<Record<string, string>>, packageManager = 'yarn@4.5.0') =>
      recognised({ 'package.json': { dependencies: { express: '5' }, packageManager }, 'index.js': '', ...files })[0]
        ?.install;
    expect(install({ 'yarn.lock': '' })).toEqual(['npx --yes @yarnpkg/cli-dist@4.5.0 install --immutable']);
    expect(install({ 'yarn.lock': '', '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.5.0.cjs\n' })).toEqual([
      'yarn install --immutable',
    ]);
    expect(install({ 'yarn.lock': '' }, 'yarn@1.22.22')).toEqual(['yarn install --frozen-lockfile --non-interactive']);
  });

  test('the members of a pnpm workspace keep what is installed in them', () => {
    const [found] = recognised({
      'package.json': { dependencies: { express: '5' } },
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - shared\n',
      'apps/api/package.json': {},
      'shared/package.json': {},
      'index.js': '',
    });
    expect(found).toMatchObject({
      dependencyFolders: ['node_modules', 'apps/api/node_modules', 'shared/node_modules'],
      installReadsSources: true,
    });
  });

  test('a member of a workspace is sent to its root', () => {
    const member = { 'package.json': { dependencies: { express: '5', '@shop/db': 'workspace:*' } }, 'index.js': '' };
    expect(() => recognised(member)).toThrow(
      /takes @shop\/db from the workspace that .* is a member of \(`workspace:\*`\)/,
    );
  });

  test.each(cases)('%s', (_, files, expected) => {
    const all = recognised(files);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject(expected);
  });
});
