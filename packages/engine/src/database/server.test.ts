import { type AddressInfo, createServer } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, openHome } from '../home/home.ts';
import { temporaryHome } from '../home/test-child.ts';
import type { Database } from './database.ts';
import { openDatabaseServer } from './open.ts';
import type { DatabaseServer } from './server.ts';
import { postgresPort, socketFolder } from './socket-folder.ts';

async function connectTo(
  home: Home,
  database: Database,
  more: Partial<{ database: string; password: string }> = {},
): Promise<Client> {
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
    expect(database.url('127.0.0.1', 6543)).toBe(
      `postgresql://${database.user}:${database.password}@127.0.0.1:6543/${database.name}`,
    );
    const client = await connectTo(home, database);
    await client.query('CREATE TABLE t (id int PRIMARY KEY); CREATE SCHEMA s');
    for (const extension of ['pgcrypto', 'citext', 'uuid-ossp', 'pg_trgm'])
      await client.query(`CREATE EXTENSION "${extension}"`);
    const { rows } = await client.query(
      'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );
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
      await client.query(
        `CREATE TABLE item (id int); INSERT INTO item VALUES (1); ALTER DATABASE "${database.name}" SET work_mem = '7MB'`,
      );
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
    await expect(
      server.createTemplate('broken', () => Promise.reject(new Error('migration 3 failed'))),
    ).rejects.toThrow('migration 3 failed');
    const template = await server.createTemplate(
      'broken',
      async ({ name }) => void (await server.query(name, 'CREATE TABLE ok ()')),
    );
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
      const template = await own.createTemplate(
        'own',
        async ({ name }) => void (await own.query(name, 'CREATE TABLE t ()')),
      );
      const clone = await own.createDatabase(template);
      const client = await connectTo(home, clone);
      await client.query('SELECT * FROM t');
      await client.end();
      expect(clone.url('h', 1)).toBe(`postgresql://maker:m%40ker@h:1/${clone.name}`);
      await own.release();
      expect(await server.query('postgres', 'SELECT 1 FROM pg_database WHERE datname = $1', [clone.name])).toEqual([]);
      await server.query('postgres', `DROP DATABASE "${template.name}"`);

      const refusal = async (url: string): Promise<unknown> =>
        openDatabaseServer(home, { ownServer: url }).catch((error: unknown) => error);
      const unavailable = (text: string) => ({
        code: 'postgres-unavailable',
        message: expect.stringContaining(text) as string,
      });
      expect(await refusal(`postgresql://poor:poor@127.0.0.1:${port}/postgres`)).toMatchObject(
        unavailable('may not create databases'),
      );
      expect(await refusal(`postgresql://poor:no@127.0.0.1:${port}/postgres`)).toMatchObject(
        unavailable('password authentication failed'),
      );
      expect(await refusal('postgresql://127.0.0.1:1/x')).toMatchObject(unavailable('ECONNREFUSED'));
      expect(await refusal('postgresql://h/x?sslmode=require')).toMatchObject(unavailable('TLS'));
      expect(await refusal('mysql://h/x')).toMatchObject(unavailable('mysql'));
      expect(await refusal('nonsense')).toMatchObject(unavailable('not a URL'));
    } finally {
      relay.close();
    }
  });
});
