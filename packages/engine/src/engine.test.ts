import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodyText } from '@assay/contract';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findProgram } from './detect/toolchain.ts';
import { isLaunchFailure } from './backend.ts';
import { openEngine } from './engine.ts';
import { type Home, openHome } from './home/home.ts';
import { temporaryBackend } from './launch/testing/temporary-backend.ts';

const nothing = () => undefined;

function open(home: Home, database: 'postgres' | 'none', onTrouble?: (what: string) => void) {
  return openEngine({
    onTrouble,
    home,
    sandbox: 'off',
    database,
    ownServer: undefined,
    now: () => performance.now(),
    recorder: { exchangeStarted: nothing, exchangeEnded: nothing, statement: nothing, output: nothing, usage: nothing },
    signal: new AbortController().signal,
  });
}

test('what an earlier Assay left behind and cannot be removed is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-engine-'));
  const home = openHome({ ...process.env, ASSAY_HOME: folder });
  const left = join(home.instances, 'own-999999-1-deadbeef-1');
  mkdirSync(left);
  writeFileSync(join(left, 'file'), '');
  vi.stubEnv('PATH', join(folder, 'without-rm'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const told: string[] = [];
  await (await open(home, 'none', (what) => told.push(what))).close();
  expect(told).toEqual([`What an earlier Assay left behind is still there. ${left} cannot be removed.`]);
});

const server = `const { readFileSync } = require('node:fs');
require('node:http').createServer((_, response) => response.end(readFileSync('store.txt', 'utf8'))).listen(process.env.PORT, process.env.HOST);`;

test('the release command of a backend with a database of its own is run where that database is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-engine-'));
  const { built, remove } = temporaryBackend({ 'server.js': server }, { release: 'printf migrated > store.txt' });
  const engine = await open(openHome({ ...process.env, ASSAY_HOME: folder }), 'none');
  onTestFinished(async () => {
    await engine.close();
    remove();
    rmSync(folder, { recursive: true, force: true });
  });
  expect(await engine.use(built)).toBeNull();
  const instance = await engine.launch();
  if (isLaunchFailure(instance)) throw new Error(instance.message);
  const { response } = await instance.send({ method: 'GET', target: '/' }, { check: 'test' });
  expect(bodyText(response?.body)).toBe('migrated');
});

test.each([
  ['is left out where the backend makes its tables itself', 'CREATE TABLE own (id int)', true, true],
  ['fails the launch where there is no table without it', 'SELECT 1', true, false],
  ['fails the launch when somebody asked for it', 'CREATE TABLE own (id int)', false, false],
])('a release command that fails %s', async (_, statement, guessed, starts) => {
  const files = {
    'server.js': `const { Client } = require(${JSON.stringify(createRequire(import.meta.url).resolve('pg'))});
const client = new Client({ connectionString: process.env.DATABASE_URL });
client.connect().then(() => client.query(${JSON.stringify(statement)})).then(() =>
  require('node:http').createServer((_, response) => response.end()).listen(process.env.PORT, process.env.HOST));`,
  };
  const { built, remove } = temporaryBackend(files, {
    release: 'exit 3',
    releaseIsGuess: guessed,
    database: 'postgres',
    sourceHash: statement,
  });
  const engine = await open(openHome(process.env), 'postgres');
  onTestFinished(async () => {
    await engine.close();
    remove();
  });
  const launched = (await engine.use(built)) ?? (await engine.launch());
  expect(isLaunchFailure(launched) ? launched.kind : 'started').toBe(starts ? 'started' : 'release-failed');
  expect(engine.leftOut).toBe(starts ? 'exit 3' : null);
});

test.skipIf(findProgram('goose') !== null)(
  'a guessed release command whose program the machine lacks is no failure of the backend',
  async () => {
    const files = {
      'server.js':
        "require('node:http').createServer((_, response) => response.end()).listen(process.env.PORT, process.env.HOST);",
    };
    const { built, remove } = temporaryBackend(files, {
      release: 'goose -dir db postgres x up',
      releaseIsGuess: true,
      database: 'postgres',
      sourceHash: 'lacks its tool',
    });
    const engine = await open(openHome(process.env), 'postgres');
    onTestFinished(async () => {
      await engine.close();
      remove();
    });
    expect(await engine.use(built)).toBeNull();
    await expect(engine.launch()).rejects.toMatchObject({
      code: 'toolchain-missing',
      message: expect.stringContaining('goose is not on this machine'),
    });
  },
);
