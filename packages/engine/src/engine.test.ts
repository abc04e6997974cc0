import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodyText } from '@assay/contract';
import { expect, onTestFinished, test } from 'vitest';
import { isLaunchFailure } from './backend.ts';
import { openEngine } from './engine.ts';
import { openHome } from './home/home.ts';
import { temporaryBackend } from './launch/testing/temporary-backend.ts';

const server = `const { readFileSync } = require('node:fs');
require('node:http').createServer((_, response) => response.end(readFileSync('store.txt', 'utf8'))).listen(process.env.PORT, process.env.HOST);`;

test('the release command of a backend with a database of its own is run where that database is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-engine-'));
  const { built, remove } = temporaryBackend({ 'server.js': server }, { release: 'printf migrated > store.txt' });
  const nothing = () => undefined;
  const engine = await openEngine({
    home: openHome({ ...process.env, ASSAY_HOME: folder }),
    sandbox: 'off',
    database: 'none',
    ownServer: undefined,
    now: () => performance.now(),
    recorder: { exchangeStarted: nothing, exchangeEnded: nothing, statement: nothing, output: nothing, usage: nothing },
    signal: new AbortController().signal,
  });
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
