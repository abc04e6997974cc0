import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Home, openHome } from '../home/home.ts';
import { commandLine, listProcesses } from '../home/process-list.ts';
import { withLock } from '../home/lock.ts';
import { sweep } from '../home/sweep.ts';
import { isCheckoutReachable, isRoot, nobody, startChild, temporaryHome } from '../home/test-child.ts';
import { openDatabaseServer } from './open.ts';
import { socketFolder } from './socket-folder.ts';

const serverProcesses = (home: Home) => listProcesses().filter((pid) => commandLine(pid).includes(home.postgres));

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
    await server.query(name, 'SELECT 1');
    const [row] = await server.administer('SELECT pg_postmaster_start_time()::text AS since');
    process.on('SIGTERM', async () => { await server.release(); process.exit(0) });
    say(row.since);
    setInterval(() => {}, 1000);`;

  it('is shared, and stopped by the last to leave', async () => {
    const children = [startChild(user, home.root), startChild(user, home.root)];
    const server = await openDatabaseServer(home);
    const [row] = await server.administer('SELECT pg_postmaster_start_time()::text AS since');
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
    const template = await first.createTemplate(
      'kept',
      async ({ name }) => void (await first.query(name, 'CREATE TABLE kept ()')),
    );
    await first.createDatabase(template);
    await first.release();
    const second = await openDatabaseServer(home);
    await second.createTemplate('kept', () => Promise.reject(new Error('must not run again')));
    const names = await second.administer(`SELECT datname FROM pg_database WHERE starts_with(datname, 'assay_')`);
    expect(names).toEqual([{ datname: template.name }]);
    await second.release();
  });

  it('is made afresh after its postmaster was killed, while another Assay still believed in it', async () => {
    const first = await openDatabaseServer(home);
    const busy = first.administer('SELECT pg_sleep(600)').catch(() => 'lost');
    const { pid } = JSON.parse(readFileSync(join(home.postgres, 'server.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const second = await openDatabaseServer(home);
    expect(await second.administer('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await busy).toBe('lost');
    await first.release();
    expect(await second.administer('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.release();
    expect(execFileSync('sh', ['-c', 'cat /proc/sysvipc/shm 2>/dev/null || true'], { encoding: 'utf8' })).not.toMatch(
      new RegExp(` ${pid} +0 `),
    );
  });

  it('drops the databases of a killed Assay beside a living one', async () => {
    const server = await openDatabaseServer(home);
    const child = startChild(user, home.root);
    await child.line();
    await child.kill();
    expect(await sweep(home)).toMatchObject({ stoppedServer: false, problems: [] });
    expect(await server.administer(`SELECT datname FROM pg_database WHERE starts_with(datname, 'assay_')`)).toEqual([]);
    expect(await server.administer(`SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'assay_')`)).toEqual([]);
    await server.release();
  });

  it('takes a data folder of another version for what it is: something that can be made again', async () => {
    await (await openDatabaseServer(home)).release();
    writeFileSync(join(home.postgres, 'data', 'PG_VERSION'), '12\n');
    writeFileSync(join(home.postgres, 'in-order'), 'of another version');
    const server = await openDatabaseServer(home);
    expect(await server.administer('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.release();
  });

  it('says with the last lines of its log why it does not start', async () => {
    await (await openDatabaseServer(home)).release();
    writeFileSync(join(home.postgres, 'data', 'postgresql.conf'), 'no_such_setting = 1\n');
    const error: unknown = await openDatabaseServer(home).catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'postgres-unavailable',
      message: expect.stringContaining('no_such_setting') as string,
    });
    expect(readdirSync(join(home.postgres, 'users'))).toEqual([]);
    // It was not left in order: the next start begins anew.
    await (await openDatabaseServer(home)).release();
  });

  it('names the Assay that keeps the data folder locked', async () => {
    const held = Promise.withResolvers<void>();
    const holding = withLock(home, 'postgres', () => held.promise);
    const error: unknown = await openDatabaseServer(home, { lockTimeoutMs: 20 }).catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'data-folder-locked',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
    held.resolve();
    await holding;
  });

  it('starts in a data folder with a very long path', async () => {
    const long = join(temporary.path, '..', 'x'.repeat(100));
    const far = openHome({ ASSAY_HOME: long });
    const server = await openDatabaseServer(far);
    expect(socketFolder(far)).toMatch(/^\/tmp\/assay-/);
    expect(await server.administer('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.release();
    expect(existsSync(socketFolder(far))).toBe(false);
  });

  it('gives up when it is told to', async () => {
    await expect(openDatabaseServer(home, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow();
    // What was being started is told to end, which the system does in its own time.
    await vi.waitFor(() => expect(serverProcesses(home)).toEqual([]), { timeout: 20_000 });
  });
});

describe.runIf(isRoot && isCheckoutReachable())('as an ordinary user', () => {
  it('says what to do for one that has no name, and keeps its copy of PostgreSQL', async () => {
    const temporary = temporaryHome();
    mkdirSync(temporary.path);
    const nameless = { uid: 54_321, gid: 54_321 };
    execFileSync('chown', [`${nameless.uid}:${nameless.gid}`, temporary.path]);
    const program = `
      const home = (await load('home/home.ts')).openHome(process.env);
      const fault = await (await load('database/open.ts')).openDatabaseServer(home).catch((error) => error);
      say(JSON.stringify([fault.code, fault.fix]));`;
    expect(JSON.parse(await startChild(program, temporary.path, nameless).line())).toEqual([
      'postgres-unavailable',
      expect.stringContaining('/etc/passwd'),
    ]);
    expect(readdirSync(join(temporary.path, 'postgres')).some((name) => name.startsWith('binaries-'))).toBe(true);
    temporary.remove();
  });

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
