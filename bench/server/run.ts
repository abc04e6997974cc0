/**
 * The API's reads at 500 requests a second with 10,000 runs stored, and 100 pages that watch one run.
 *   scripts/with-node bench/server/run.ts [--json] [--rate N] [--seconds N] [--runs N] [--watchers N] [--report-only]
 * The server is a process of its own with the embedded PostgreSQL; so is the load generator. Latency counts from the intended start of each request.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { atMost, promiseOptions, settle } from '../promises.ts';
import { fillRuns } from './fill-runs.ts';
import { startServer } from './server-process.ts';
import { watchRun } from './watch-run.ts';

const { values } = parseArgs({
  options: {
    ...promiseOptions,
    json: { type: 'boolean', default: false },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
    runs: { type: 'string', default: '10000' },
    watchers: { type: 'string', default: '100' },
  },
});

const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-server-'));
const began = performance.now();
const server = await startServer(home);
try {
  const readyMs = Math.round(performance.now() - began);
  const { address, token } = server;
  const ids = await fillRuns(home, Number(values.runs));
  const generator = path.join(import.meta.dirname, 'generator-process.ts');
  const run = promisify(execFile);
  const load = async (
    seconds: string,
  ): Promise<{ p50: number; p99: number; answered: number; planned: number; wrong: number }> =>
    JSON.parse(
      (await run(process.execPath, [generator, address.port, token, values.rate, seconds, ids[0] ?? ''])).stdout,
    ) as never;
  // What is compiled and cached by the first requests is no part of the figure.
  await load('3');
  const reads = await load(values.seconds);
  const watching = await watchRun(address, token, Number(values.watchers));
  const result = { readyMs, runs: Number(values.runs), reads, watching };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : [
          `first start until it answers: ${readyMs} ms`,
          `reads at ${values.rate}/s with ${values.runs} runs: p50 ${reads.p50} ms, p99 ${reads.p99} ms (limit 25); ${reads.answered} of ${reads.planned} answered, ${reads.wrong} wrong`,
          `${values.watchers} watchers: ${watching.events} events each, ${watching.outOfOrder} out of order, latest ${watching.latestMs} ms after it happened (limit 1000)`,
          '',
        ].join('\n'),
  );
  settle([
    atMost(`reads at ${values.rate} a second with ${values.runs} runs, p99`, reads.p99, 25, 'ms'),
    atMost('reads that were not answered, or wrongly', reads.planned - reads.answered + reads.wrong, 0),
    atMost(`events out of order before ${values.watchers} watchers`, watching.outOfOrder, 0),
    atMost('the latest event after it happened', watching.events === 0 ? Number.NaN : watching.latestMs, 1000, 'ms'),
  ]);
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
