import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Home, openHome } from '../home/home.ts';
import { commandLine, listProcesses } from '../home/process-list.ts';
import { withLock } from '../home/lock.ts';
import { sweep } from '../home/sweep.ts';
import { isCheckoutReachable, isRoot, nobody, startChild, temporaryHome } from '../home/test-child.ts';
import type { Database } from './database.ts';
import { openDatabaseServer } from './open.ts';
import type { DatabaseServer } from './server.ts';
import { postgresPort, socketFolder } from './socket-folder.ts';

const serverProcesses = (home: Home) => listProcesses().filter((pid) => commandLine(pid).includes(home.postgres));

async function connectTo(home: Home, database: Database, more: Partial<{ database: string; password: string }> = {}): Promise<Client> {
  const { name, user, password } = database;
  const client = new Client({ host: socketFolder(home), port: postgresPort, user, password, database: name, ...more });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

describe('databases', () => {
  let temporary: ReturnType<typeof temporaryHome>;
  let home: Home;
  let server: DatabaseServer;
  beforeAll(async () => {
    temporary = temporaryHome();
    home = openHome({ ASSAY_HOME: temporary.path });
    server = await openDatabaseServer(home);
  });
  afterAll(async () => {
    await server.release();
    temporary.remove();
  });

  it('are empty, UTF-8, in UTC, and sort by code point', async () => {
    expect(server.version).toMatch(/^18\./);
    const { name } = await server.createDatabase();
    const [row] = await server.query(
      name,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone, 'a' < 'B' AS folded, upper('é') AS upper,
         current_setting('synchronous_commit') AS commit, (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables`,
    );
    expect(row).toEqual({ encoding: 'UTF8', zone: 'UTC', folded: false, upper: 'É', commit: 'off', tables: 0 });
    expect(await server.query(name, 'SELECT $1::int + 1 AS n', [41])).toEqual([{ n: 42 }]);
  });

  it('belong to a user who logs in with a password, owns them and is no superuser', async () => {
    const database = await server.createDatabase();
    expect(database.url('127.0.0.1', 6543)).toBe(`postgresql://${database.user}:${database.password}@127.0.0.1:6543/${database.name}`);
    const client = await connectTo(home, database);
    await client.query('CREATE TABLE t (id int PRIMARY KEY); CREATE SCHEMA s');
    for (const extension of ['pgcrypto', 'citext', 'uuid-ossp', 'pg_trgm']) await client.query(`CREATE EXTENSION "${extension}"`);
    const { rows } = await client.query('SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user');
    expect(rows).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
    await client.end();
    await expect(connectTo(home, database, { password: 'wrong' })).rejects.toThrow('password authentication failed');
    const other = await server.createDatabase();
    await expect(connectTo(home, database, { database: other.name })).rejects.toThrow('permission denied');
  });

  it('are gone after drop, with whoever was connected', async () => {
    const database = await server.createDatabase();
    const client = await connectTo(home, database);
    const ended = new Promise<void>((resolve) => client.on('end', resolve));
    await database.drop();
    await database.drop();
    await ended;
    await expect(server.query(database.name, 'SELECT 1')).rejects.toThrow('does not exist');
    expect(await server.query('postgres', 'SELECT 1 FROM pg_roles WHERE rolname = $1', [database.user])).toEqual([]);
  });

  it('are cloned from what a release step left, once for each key', async () => {
    let steps = 0;
    const prepare = async (database: Database) => {
      steps += 1;
      const client = await connectTo(home, database);
      await client.query(`CREATE TABLE item (id int); INSERT INTO item VALUES (1); ALTER DATABASE "${database.name}" SET work_mem = '7MB'`);
      // A connection that the release step forgot: a template must have none.
    };
    const template = await server.createTemplate('key', prepare);
    expect(await server.createTemplate('key', prepare)).toEqual(template);
    expect(steps).toBe(1);
    const clones = await Promise.all([1, 2, 3, 4].map(() => server.createDatabase(template)));
    expect(new Set(clones.map(({ name }) => name)).size).toBe(4);
    for (const clone of clones) {
      const client = await connectTo(home, clone);
      await client.query('INSERT INTO item VALUES (2)');
      expect((await client.query('SELECT count(*)::int AS n FROM item')).rows).toEqual([{ n: 2 }]);
      expect((await client.query('SHOW work_mem')).rows).toEqual([{ work_mem: '7MB' }]);
      await client.end();
    }
  });

  it('keeps nothing of a release step that failed', async () => {
    await expect(server.createTemplate('broken', () => Promise.reject(new Error('migration 3 failed')))).rejects.toThrow('migration 3 failed');
    const template = await server.createTemplate('broken', async ({ name }) => void (await server.query(name, 'CREATE TABLE ok ()')));
    expect(await server.query((await server.createDatabase(template)).name, 'SELECT * FROM ok')).toEqual([]);
  });

  it('serve as a server of somebody’s own, too', async () => {
    const relay = createServer((socket) => {
      const upstream = server.connectUpstream();
      socket.pipe(upstream).pipe(socket);
      for (const side of [socket, upstream]) side.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    const { port } = relay.address() as AddressInfo;
    await server.query('postgres', `CREATE ROLE maker LOGIN CREATEDB PASSWORD 'm@ker'`);
    await server.query('postgres', `CREATE ROLE poor LOGIN PASSWORD 'poor'`);
    try {
      const own = await openDatabaseServer(home, { ownServer: `postgres://maker:m%40ker@127.0.0.1:${port}/postgres` });
      expect(own.embedded).toBe(false);
      const template = await own.createTemplate('own', async ({ name }) => void (await own.query(name, 'CREATE TABLE t ()')));
      const clone = await own.createDatabase(template);
      const client = await connectTo(home, clone);
      await client.query('SELECT * FROM t');
      await client.end();
      expect(clone.url('h', 1)).toBe(`postgresql://maker:m%40ker@h:1/${clone.name}`);
      await own.release();
      expect(await server.query('postgres', 'SELECT 1 FROM pg_database WHERE datname = $1', [clone.name])).toEqual([]);
      await server.query('postgres', `DROP DATABASE "${template.name}"`);

      const refusal = async (url: string): Promise<unknown> => openDatabaseServer(home, { ownServer: url }).catch((error: unknown) => error);
      const unavailable = (text: string) => ({ code: 'postgres-unavailable', message: expect.stringContaining(text) as string });
      expect(await refusal(`postgresql://poor:poor@127.0.0.1:${port}/postgres`)).toMatchObject(unavailable('may not create databases'));
      expect(await refusal(`postgresql://poor:no@127.0.0.1:${port}/postgres`)).toMatchObject(unavailable('password authentication failed'));
      expect(await refusal('postgresql://127.0.0.1:1/x')).toMatchObject(unavailable('ECONNREFUSED'));
      expect(await refusal('postgresql://h/x?sslmode=require')).toMatchObject(unavailable('TLS'));
      expect(await refusal('mysql://h/x')).toMatchObject(unavailable('mysql'));
      expect(await refusal('nonsense')).toMatchObject(unavailable('not a URL'));
    } finally {
      relay.close();
    }
  });
});

describe('the embedded server', () => {
  let temporary: ReturnType<typeof temporaryHome>;
  let home: Home;
  beforeEach(() => {
    temporary = temporaryHome();
    home = openHome({ ASSAY_HOME: temporary.path });
  });
  afterEach(async () => {
    await sweep(home);
    temporary.remove();
  });

  const user = `
    const home = (await load('home/home.ts')).openHome(process.env);
    const server = await (await load('database/open.ts')).openDatabaseServer(home);
    const { name } = await server.createDatabase();
    const [row] = await server.query('postgres', 'SELECT pg_postmaster_start_time()::text AS since');
    process.on('SIGTERM', async () => { await server.release(); process.exit(0) });
    say(row.since);
    setInterval(() => {}, 1000);`;

  it('is shared, and stopped by the last to leave', async () => {
    const children = [startChild(user, home.root), startChild(user, home.root)];
    const server = await openDatabaseServer(home);
    const [row] = await server.query('postgres', 'SELECT pg_postmaster_start_time()::text AS since');
    for (const child of children) expect(await child.line()).toBe(row?.['since']);
    await server.release();
    expect(serverProcesses(home)).not.toEqual([]);
    for (const child of children) {
      child.process.kill('SIGTERM');
      expect(await child.end()).toEqual({ code: 0, stderr: '' });
    }
    expect(serverProcesses(home)).toEqual([]);
    expect(readdirSync(join(home.postgres, 'users'))).toEqual([]);
  });

  it('keeps templates, and nothing else, from one time to the next', async () => {
    const first = await openDatabaseServer(home);
    const template = await first.createTemplate('kept', async ({ name }) => void (await first.query(name, 'CREATE TABLE kept ()')));
    await first.createDatabase(template);
    await first.release();
    const second = await openDatabaseServer(home);
    await second.createTemplate('kept', () => Promise.reject(new Error('must not run again')));
    const names = await second.query('postgres', `SELECT datname FROM pg_database WHERE starts_with(datname, 'assay_')`);
    expect(names).toEqual([{ datname: template.name }]);
    await second.release();
  });

  it('is made afresh after its postmaster was killed, while another Assay still believed in it', async () => {
    const first = await openDatabaseServer(home);
    const busy = first.query('postgres', 'SELECT pg_sleep(600)').catch(() => 'lost');
    const { pid } = JSON.parse(readFileSync(join(home.postgres, 'server.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const second = await openDatabaseServer(home);
    expect(await second.query('postgres', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await busy).toBe('lost');
    await first.release();
    expect(await second.query('postgres', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.release();
    expect(execFileSync('sh', ['-c', 'cat /proc/sysvipc/shm 2>/dev/null || true'], { encoding: 'utf8' })).not.toMatch(new RegExp(` ${pid} +0 `));
  });

  it('drops the databases of a killed Assay beside a living one', async () => {
    const server = await openDatabaseServer(home);
    const child = startChild(user, home.root);
    await child.line();
    await child.kill();
    expect(await sweep(home)).toMatchObject({ stoppedServer: false, problems: [] });
    expect(await server.query('postgres', `SELECT datname FROM pg_database WHERE starts_with(datname, 'assay_')`)).toEqual([]);
    expect(await server.query('postgres', `SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'assay_')`)).toEqual([]);
    await server.release();
  });

  it('takes a data folder of another version for what it is: something that can be made again', async () => {
    await (await openDatabaseServer(home)).release();
    writeFileSync(join(home.postgres, 'data', 'PG_VERSION'), '12\n');
    writeFileSync(join(home.postgres, 'in-order'), 'of another version');
    const server = await openDatabaseServer(home);
    expect(await server.query('postgres', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.release();
  });

  it('says with the last lines of its log why it does not start', async () => {
    await (await openDatabaseServer(home)).release();
    writeFileSync(join(home.postgres, 'data', 'postgresql.conf'), 'no_such_setting = 1\n');
    const error: unknown = await openDatabaseServer(home).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'postgres-unavailable', message: expect.stringContaining('no_such_setting') as string });
    expect(readdirSync(join(home.postgres, 'users'))).toEqual([]);
    // It was not left in order: the next start begins anew.
    await (await openDatabaseServer(home)).release();
  });

  it('names the Assay that keeps the data folder locked', async () => {
    const held = Promise.withResolvers<void>();
    const holding = withLock(home, 'postgres', () => held.promise);
    const error: unknown = await openDatabaseServer(home, { lockTimeoutMs: 20 }).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'data-folder-locked', message: expect.stringContaining(`process ${process.pid}`) as string });
    held.resolve();
    await holding;
  });

  it('starts in a data folder with a very long path', async () => {
    const long = join(temporary.path, '..', 'x'.repeat(100));
    const far = openHome({ ASSAY_HOME: long });
    const server = await openDatabaseServer(far);
    expect(socketFolder(far)).toMatch(/^\/tmp\/assay-/);
    expect(await server.query('postgres', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.release();
    expect(existsSync(socketFolder(far))).toBe(false);
  });

  it('gives up when it is told to', async () => {
    await expect(openDatabaseServer(home, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow();
    expect(serverProcesses(home)).toEqual([]);
  });
});

describe.runIf(isRoot && isCheckoutReachable())('as an ordinary user', () => {
  it('starts, is killed, is swept, and starts again', async () => {
    const temporary = temporaryHome();
    mkdirSync(temporary.path);
    execFileSync('chmod', ['755', join(temporary.path, '..')]);
    execFileSync('chown', [`${nobody.uid}:${nobody.gid}`, temporary.path]);
    const program = `
      const home = (await load('home/home.ts')).openHome(process.env);
      const swept = await (await load('home/sweep.ts')).sweep(home);
      const server = await (await load('database/open.ts')).openDatabaseServer(home);
      const { name } = await server.createDatabase();
      const [row] = await server.query(name, 'SELECT current_database() AS name');
      process.on('SIGTERM', async () => { await server.release(); process.exit(0) });
      say(JSON.stringify({ uid: process.getuid(), stopped: swept.stoppedServer, problems: swept.problems, same: row.name === name }));
      setInterval(() => {}, 1000);`;
    const first = startChild(program, temporary.path, nobody);
    expect(JSON.parse(await first.line())).toEqual({ uid: nobody.uid, stopped: false, problems: [], same: true });
    await first.kill();
    const second = startChild(program, temporary.path, nobody);
    expect(JSON.parse(await second.line())).toEqual({ uid: nobody.uid, stopped: true, problems: [], same: true });
    second.process.kill('SIGTERM');
    expect(await second.end()).toEqual({ code: 0, stderr: '' });
    expect(listProcesses().filter((pid) => commandLine(pid).includes(temporary.path))).toEqual([]);
    temporary.remove();
  });
});
