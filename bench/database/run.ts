/*
 * How long databases take: starting PostgreSQL for the first time and again, a fresh database, a clone of a template, a drop.
 *
 *   scripts/with-node bench/database/run.ts [--json] [--rounds N] [--report-only]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Database, DatabaseTemplate } from '../../packages/engine/src/database/database.ts';
import { openDatabaseServer } from '../../packages/engine/src/database/open.ts';
import type { DatabaseServer } from '../../packages/engine/src/database/server.ts';
import { type Home, openHome } from '../../packages/engine/src/home/home.ts';
import { sweep } from '../../packages/engine/src/home/sweep.ts';
import { atMost, promiseOptions, settle } from '../promises.ts';

interface Series {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly count: number;
}

const { values } = parseArgs({
  options: { ...promiseOptions, json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '40' } },
});
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const series: Series[] = [];

async function measure<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}

function add(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1));
  series.push({ name, median: at(0.5), p95: at(0.95), max: at(1), count: sorted.length });
}

async function starts(): Promise<void> {
  const cold: number[] = [];
  const warm: number[] = [];
  const release: number[] = [];
  const idleSweep: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const home = openHome({ ASSAY_HOME: join(folder, `home-${round}`) });
    const first = await measure(cold, () => openDatabaseServer(home));
    await measure(release, () => first.release());
    await measure(idleSweep, () => sweep(home));
    const second = await measure(warm, () => openDatabaseServer(home));
    await measure(release, () => second.release());
  }
  add('first start on an empty data folder', cold);
  add('start', warm);
  add('release by the last user', release);
  add('sweep with nothing to do', idleSweep);
}

/** Databases one after the other, with `spacingMs` in between: an instance takes longer than that to start. */
async function databases(
  server: DatabaseServer,
  template: DatabaseTemplate | undefined,
  spacingMs: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  const made: Database[] = [];
  for (let round = 0; round < rounds; round += 1) {
    made.push(await measure(times, () => server.createDatabase(template)));
    await pause(spacingMs);
  }
  for (const database of made) await database.drop();
  return times;
}

async function clones(home: Home): Promise<void> {
  const server = await openDatabaseServer(home);
  const template = await server.createTemplate('bench', async ({ name }) => {
    for (let table = 0; table < 10; table += 1) {
      await server.query(
        name,
        `CREATE TABLE t${table} (id serial PRIMARY KEY, a text UNIQUE, b int); CREATE INDEX ON t${table} (b)`,
      );
      await server.query(name, `INSERT INTO t${table} (a, b) SELECT 'row ' || n, n FROM generate_series(1, 200) n`);
    }
  });
  add('empty database, 100 ms apart', await databases(server, undefined, 100));
  add('empty database, at once', await databases(server, undefined, 0));
  add('clone of 10 tables, 100 ms apart', await databases(server, template, 100));
  add('clone of 10 tables, at once', await databases(server, template, 0));
  const drops: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const database = await server.createDatabase(template);
    await measure(drops, () => database.drop());
  }
  add('drop', drops);
  await server.release();
}

try {
  await starts();
  await clones(openHome({ ASSAY_HOME: join(folder, 'home') }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const lines = series.map(
  ({ name, median, p95, max, count }) =>
    `${name.padEnd(38)} median ${median} ms, p95 ${p95} ms, max ${max} ms (${count})`,
);
process.stdout.write(values.json ? `${JSON.stringify({ unit: 'ms', series }, null, 2)}\n` : `${lines.join('\n')}\n`);
settle(
  series
    .filter(({ name }) => name.startsWith('empty database') || name.startsWith('clone'))
    .map(({ name, median }) => atMost(`a database for an instance (${name}), median`, median, 60, 'ms')),
);
