/**
 * Prepared single-row selects: directly, through the wire proxy (which reaches PostgreSQL by TCP, or by its Unix socket) and through
 * PgBouncer (session pooling), in turns in one run. Each ratio compares with the direct rate of its own round; the median and the middle
 * half of them are shown, since other work on the machine spoils single rounds.
 *   scripts/with-node bench/wire/run.ts [--json] [--rounds N] [--connections N] [--seconds N] [--report-only]
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { Client } from 'pg';
import { listen, startPostgres } from '../../packages/engine/src/wire/postgres-for-tests.ts';
import { atLeast, promiseOptions, settle } from '../promises.ts';

const { values } = parseArgs({
  options: {
    ...promiseOptions,
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
    connections: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '1' },
  },
});
const nobody = 65_534;
const pgbouncerPath = '/usr/sbin/pgbouncer';
const here = import.meta.dirname;

interface Spread {
  readonly median: number;
  /** The quartiles. */
  readonly low: number;
  readonly high: number;
}

function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

async function startProxy(upstream: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(here, 'proxy-process.ts'), upstream], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, port: Number(line) };
}

async function startPgbouncer(folder: string, postgresPort: number): Promise<{ child: ChildProcess; port: number }> {
  const probe = createServer();
  const port = await listen(probe);
  probe.close();
  await once(probe, 'close');
  const users = join(folder, 'users.txt');
  const settings = join(folder, 'pgbouncer.ini');
  await writeFile(users, '"postgres" ""\n');
  await writeFile(
    settings,
    `[databases]\npostgres = host=127.0.0.1 port=${postgresPort}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = trust\nauth_file = ${users}\npool_mode = session\ndefault_pool_size = 50\n`,
  );
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const child = spawn(pgbouncerPath, [settings], { ...user, stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface(child.stderr)) if (line.includes('process up')) break;
  child.stderr.resume();
  return { child, port };
}

async function measure(port: number): Promise<number> {
  const milliseconds = String(Number(values.seconds) * 1000);
  const program = join(here, 'load-client.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    String(port),
    values.connections,
    milliseconds,
  ]);
  return Number(stdout);
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

const folder = await mkdtemp(join(tmpdir(), 'assay-bench-wire-'));
await chmod(folder, 0o755);
const postgres = await startPostgres();
const children: ChildProcess[] = [];
try {
  const client = new Client({ host: '127.0.0.1', port: postgres.port, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query(
    `CREATE TABLE item (id int PRIMARY KEY, payload text); INSERT INTO item SELECT n, repeat('x', 40) FROM generate_series(1, 1000) n; ANALYZE item`,
  );
  await client.end();
  const ways: { readonly name: string; readonly port: number; readonly rates: number[] }[] = [
    { name: 'direct', port: postgres.port, rates: [] },
  ];
  for (const [name, upstream] of [
    ['proxy', String(postgres.port)],
    // The proxy is free to reach PostgreSQL in a cheaper way than its clients can.
    ['proxy-unix', postgres.socketPath],
  ] as const) {
    const { child, port } = await startProxy(upstream);
    children.push(child);
    ways.push({ name, port, rates: [] });
  }
  if (existsSync(pgbouncerPath)) {
    const pgbouncer = await startPgbouncer(folder, postgres.port);
    children.push(pgbouncer.child);
    ways.push({ name: 'pgbouncer', port: pgbouncer.port, rates: [] });
  }
  // One round warms up. Each later one goes the other way round, so that no way is always first.
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
      const rate = await measure(way.port);
      if (round > 0) way.rates.push(rate);
    }
  }
  const direct = ways[0]?.rates ?? [];
  const results = ways.map(({ name, rates }) => ({
    name,
    perSecond: spreadOf(rates),
    ratio: spreadOf(rates.map((rate, round) => rate / (direct[round] ?? Number.NaN))),
  }));
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ connections: Number(values.connections), rounds: direct.length, results })}\n`,
    );
  } else {
    for (const { name, perSecond, ratio } of results) {
      const rate = `${Math.round(perSecond.median)}/s (${Math.round(perSecond.low)}–${Math.round(perSecond.high)})`;
      process.stdout.write(
        `${name.padEnd(10)} ${rate.padEnd(26)} ratio ${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})\n`,
      );
    }
  }
  settle(
    results
      .filter(({ name }) => name.startsWith('proxy'))
      .map(({ name, ratio }) => atLeast(`prepared selects through the ${name} over direct ones`, ratio.median, 0.5)),
    existsSync(pgbouncerPath)
      ? []
      : [`there is no PgBouncer (${pgbouncerPath}) to stand beside: scripts/install-toolchains --bench`],
  );
} finally {
  for (const child of children) await end(child);
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
