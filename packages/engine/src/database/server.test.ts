import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  it('are asked with the rights of their owner, so that nothing which a backend has put there leaves the database', async () => {
    const database = await server.createDatabase();
    const client = await connectTo(home, database);
    const marker = join(tmpdir(), `assay-escaped-${process.pid}`);
    await client.query(`
      CREATE SCHEMA evil;
      CREATE TABLE tried (origin text, said text);
      CREATE FUNCTION evil.escape(origin text) RETURNS boolean LANGUAGE plpgsql AS $$
      DECLARE way text;
      BEGIN
        FOREACH way IN ARRAY ARRAY[
          $x$COPY (SELECT 1) TO PROGRAM 'touch ${marker}'$x$, $x$COPY (SELECT 1) TO '${marker}'$x$, 'SET ROLE assay',
          'SET SESSION AUTHORIZATION assay', 'ALTER ROLE CURRENT_USER SUPERUSER', 'CREATE ROLE evil SUPERUSER', 'CREATE DATABASE evil',
          'GRANT pg_execute_server_program TO CURRENT_USER', $x$ALTER SYSTEM SET archive_command = 'true'$x$,
          $x$SELECT pg_read_file('/etc/passwd')$x$, 'SELECT rolpassword FROM pg_authid'] LOOP
          BEGIN
            EXECUTE way;
            INSERT INTO public.tried VALUES (origin, 'ESCAPED by ' || way);
          EXCEPTION WHEN OTHERS THEN INSERT INTO public.tried VALUES (origin, SQLSTATE);
          END;
        END LOOP;
        RETURN true;
      END $$;
      CREATE TABLE public.todo (id int, title text DEFAULT evil.escape('default')::text);
      INSERT INTO public.todo VALUES (1, 'a');
      CREATE FUNCTION evil.quote_ident(name) RETURNS text LANGUAGE sql AS $$ SELECT evil.escape('search path')::text $$;
      CREATE FUNCTION evil.same(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT evil.escape('operator') $$;
      CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same);
      CREATE FUNCTION evil.trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.escape('trigger'); RETURN NEW; END $$;
      CREATE TRIGGER t BEFORE INSERT ON public.todo FOR EACH ROW EXECUTE FUNCTION evil.trigger();
      CREATE VIEW public.seen AS SELECT evil.escape('view') AS yes;
      ALTER TABLE public.todo ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY p ON public.todo USING (false);
      ALTER DATABASE "${database.name}" SET search_path = evil, pg_catalog, public`);
    const ask = (text: string) => server.query(database.name, text);
    await ask('INSERT INTO todo (id) VALUES (2)');
    await ask(`SELECT quote_ident('a'::name), 'a'::text = 'a'::text, (SELECT yes FROM seen)`);
    await ask(`EXPLAIN ANALYZE SELECT * FROM todo WHERE evil.escape('explain')`);
    await ask('CREATE INDEX ON todo (id)');
    await ask('VACUUM (ANALYZE) todo');
    const tried = await ask('SELECT DISTINCT origin, said FROM tried');
    expect(new Set(tried.map(({ origin }) => origin))).toEqual(
      new Set(['default', 'search path', 'operator', 'trigger', 'view', 'explain']),
    );
    expect(tried.filter(({ said }) => String(said).startsWith('ESCAPED'))).toEqual([]);
    expect(existsSync(marker)).toBe(false);
    // It sees past the policies, and what the backend's sessions do.
    expect(await ask('SELECT id FROM todo ORDER BY 1')).toEqual([{ id: 1 }, { id: 2 }]);
    expect((await client.query('SELECT id FROM todo')).rows).toEqual([]);
    expect(
      await ask(`SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`),
    ).toEqual([{ state: 'idle' }]);
    await client.end();
  });

  it('are asked also when a backend holds all the connections that it may have', async () => {
    const database = await server.createDatabase();
    await server.administer(`ALTER ROLE "${database.user}" CONNECTION LIMIT 1`);
    const client = await connectTo(home, database);
    await expect(connectTo(home, database)).rejects.toThrow('too many connections for role');
    expect(await server.query(database.name, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect((await client.query('SHOW temp_file_limit')).rows).toEqual([{ temp_file_limit: '2GB' }]);
    await expect(client.query('SET temp_file_limit = -1')).rejects.toThrow('permission denied');
    await client.end();
  });

  it('are gone after drop, with whoever was connected', async () => {
    const database = await server.createDatabase();
    const client = await connectTo(home, database);
    const ended = new Promise<void>((resolve) => client.on('end', resolve));
    await server.query(database.name, 'SELECT 1');
    // What everybody may enter could hold something of the role.
    const elsewhere = await connectTo(home, database, { database: 'postgres' });
    await elsewhere.query('SELECT lo_create(0)');
    await elsewhere.end();
    await database.drop();
    await database.drop();
    await ended;
    await expect(server.query(database.name, 'SELECT 1')).rejects.toThrow('does not exist');
    expect(await server.administer('SELECT 1 FROM pg_roles WHERE starts_with(rolname, $1)', [database.user])).toEqual(
      [],
    );
  });

  it('are gone after drop, also where another that stays has granted something to their user', async () => {
    const [granted, stays] = [await server.createDatabase(), await server.createDatabase()];
    const client = await connectTo(home, stays);
    await client.query(`CREATE TABLE t (); GRANT SELECT ON t TO ${granted.user}`);
    await granted.drop();
    await client.end();
    await stays.drop();
    await expect(server.query(granted.name, 'SELECT 1')).rejects.toThrow('does not exist');
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
    const clone = await server.createDatabase(template);
    const client = await connectTo(home, clone);
    expect((await client.query('SELECT * FROM ok')).rows).toEqual([]);
    await client.end();
    expect(await server.query(clone.name, 'SELECT * FROM ok')).toEqual([]);
  });

  it('serve as a server of somebody’s own, too', async () => {
    const relay = createServer((socket) => {
      const upstream = server.connectUpstream();
      socket.pipe(upstream).pipe(socket);
      for (const side of [socket, upstream]) side.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    const { port } = relay.address() as AddressInfo;
    await server.administer(`CREATE ROLE maker LOGIN CREATEDB PASSWORD 'm@ker'`);
    await server.administer(`CREATE ROLE poor LOGIN PASSWORD 'poor'`);
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
      expect(await server.administer('SELECT 1 FROM pg_database WHERE datname = $1', [clone.name])).toEqual([]);
      await server.administer(`DROP DATABASE "${template.name}"`);

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
      expect(await refusal('postgres://u:100%x@localhost/db')).toMatchObject(unavailable('must be written %25'));
    } finally {
      relay.close();
    }
  });
});
