import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { removeHome } from '../apps/cli/src/e2e/leftovers.ts';
import { openDatabaseServer, openHome } from '../packages/engine/src/index.ts';
import { databasesOf, stormLeftovers } from './storm-leftovers.ts';

function testHome() {
  const root = mkdtempSync(path.join(tmpdir(), 'assay-left-'));
  onTestFinished(() => removeHome(root));
  return openHome({ ASSAY_HOME: root });
}

describe.skipIf(process.platform !== 'linux')('what a killed Assay left behind is seen', () => {
  it('on disk: half-built caches, tickets of locks, users of the server', () => {
    const home = testHome();
    const none = { processes: [], ports: [], folders: [], sockets: [], halfBuilt: [], locks: [] };
    for (const kind of ['builds', 'dependencies']) {
      mkdirSync(path.join(home.cache, kind, 'whole/one'), { recursive: true });
      writeFileSync(path.join(home.cache, kind, 'whole.json'), '{"folder":"one"}');
    }
    expect(stormLeftovers(home, new Set())).toEqual(none);
    const left = [
      path.join(home.cache, 'builds/half'),
      path.join(home.cache, 'dependencies/half'),
      path.join(home.cache, 'dependencies/whole/two'),
    ];
    const locks = [path.join(home.root, 'locks/sweep/1-2-3'), path.join(home.postgres, 'users/4-5')];
    for (const folder of [...left, ...locks]) mkdirSync(folder, { recursive: true });
    expect(stormLeftovers(home, new Set())).toEqual({ ...none, halfBuilt: left, locks: [locks[0], '4-5'] });
  });

  it('running: a process with its mark, and where that listens', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const script =
      "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })";
    const child = spawn(process.execPath, ['-e', script], { env: { ASSAY_OWNER: `${gone}-1-00000000` } });
    onTestFinished(() => void child.kill('SIGKILL'));
    const port = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim())));
    const home = testHome();
    const left = stormLeftovers(home, new Set([gone]));
    expect(left.processes).toEqual([expect.stringMatching(new RegExp(`^${child.pid} `))]);
    expect(left.ports).toEqual([`${child.pid} ${port}`]);
    expect(stormLeftovers(home, new Set()).processes).toEqual([]);
  });

  it('in PostgreSQL: databases, as long as its server runs; and the socket', async () => {
    const home = testHome();
    const server = await openDatabaseServer(home);
    try {
      const database = await server.createDatabase();
      expect(await databasesOf(home, server)).toContain(database.name);
      expect(stormLeftovers(home, new Set()).sockets).toHaveLength(1);
    } finally {
      await server.release();
    }
    expect(stormLeftovers(home, new Set())).toMatchObject({ sockets: [], locks: [] });
  });
});
