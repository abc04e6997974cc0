import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openHome, openStore } from '@assay/engine';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LiveServer, startServer, testHome, tryServer, until } from './testing/live-server.ts';
import { smallBackend } from './testing/small-backend.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe('a database that is not what this version made', () => {
  let server: LiveServer;

  beforeAll(async () => {
    server = await startServer(testHome());
  });
  afterAll(async () => {
    await server.end();
  });

  /** A new database with these tables, in the PostgreSQL of the server that runs. Returns its address. */
  async function database(name: string, script: string): Promise<string> {
    const found = new AbortController();
    const { access } = await openStore(openHome({ ASSAY_HOME: server.home }), found.signal);
    found.abort();
    for (const [where, text] of [
      [access.database, `CREATE DATABASE ${name}`],
      [name, script],
    ] as const) {
      const client = new Client({ ...access, database: where });
      await client.connect();
      await client.query(text).finally(() => client.end());
    }
    const { user, password, host, port } = access;
    return `postgres://${user}:${password}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
  }

  test("another program's is left alone, and the fault says whose it is", async () => {
    const url = await database('theirs', 'CREATE SCHEMA assay; CREATE TABLE assay.invoice (id integer)');
    const { said } = { said: '', ...(await tryServer(testHome(), { DATABASE_URL: url })) };
    expect(JSON.parse(said).fault).toMatchObject({
      code: 'postgres-unavailable',
      message: expect.stringContaining('belongs to another program (it holds invoice)'),
    });
  });

  test("a newer Assay's is left alone", async () => {
    const url = await database(
      'newer',
      `CREATE SCHEMA assay; CREATE TABLE assay.migration (name text PRIMARY KEY, timestamp text NOT NULL);
       INSERT INTO assay.migration VALUES ('001-first', ''), ('999-later', '')`,
    );
    const { said } = { said: '', ...(await tryServer(testHome(), { DATABASE_URL: url })) };
    expect(JSON.parse(said).fault).toMatchObject({
      code: 'postgres-unavailable',
      message: expect.stringContaining('made by a newer Assay (it knows 999-later)'),
    });
  });

  test('an empty one, and one with tables of somebody else beside, is brought to this version', async () => {
    const url = await database('older', 'CREATE TABLE invoice (id integer)');
    const other = await startServer(testHome(), { DATABASE_URL: url });
    expect((await other.ask('GET', '/api/runs')).status).toBe(200);
    await other.end();
    const again = await startServer(testHome(), { DATABASE_URL: url });
    expect((await again.ask('GET', '/api/runs')).status).toBe(200);
    await again.end();
  });
});

test('a server that is told to end before it is ready leaves no PostgreSQL behind', async () => {
  const home = testHome();
  const pidFile = path.join(openHome({ ASSAY_HOME: home }).exposed, 'store', 'data', 'postmaster.pid');
  const ended = tryServer(home, {}, async (child) => {
    await until(
      () => Promise.resolve(existsSync(pidFile)),
      (runs) => runs,
    );
    child.kill('SIGTERM');
  });
  const status = await ended.then((server) => ('said' in server ? server.status : server.end()));
  // 0 when it had become ready by then.
  expect([0, 3]).toContain(status);
  expect(existsSync(pidFile)).toBe(false);
});

/** A small disk of its own: only who may mount has one. */
const disk = mkdtempSync(path.join(tmpdir(), 'assay-small-disk-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk]).status === 0;

describe.skipIf(!isMounted)('a full disk', () => {
  afterAll(() => {
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  const filler = path.join(disk, 'filler');
  const fill = (): unknown => spawnSync('sh', ['-c', 'cat /dev/zero > "$0"', filler]);

  test('is told in words; what waited is stored when there is room again', async () => {
    const server = await startServer(path.join(disk, 'home'));
    const only = ['contract/response-schema', 'contract/response-status'];
    const { json } = await server.ask('POST', '/api/runs', { folder: smallBackend('{"hello":"you"}'), only });
    await until(
      () => server.ask('GET', `/api/runs/${json.id}/report`),
      ({ status }) => status === 200,
    );
    fill();
    const refused = await until(
      () => server.ask('PATCH', '/api/settings', { theme: 'dark' }),
      ({ status }) => status === 503,
    );
    expect(refused.json).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('is full') });
    expect((await server.ask('GET', `/api/runs/${json.id}`)).status).toBe(200);
    rmSync(filler);
    const { json: run } = await until(
      () => server.ask('GET', `/api/runs/${json.id}`),
      (seen) => seen.status === 200 && !['queued', 'running'].includes(seen.json.status),
    );
    expect(run).toMatchObject({ status: 'finished', fault: null });
    expect(await server.end()).toBe(0);
  });
});
