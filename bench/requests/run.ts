/**
 * Requests that are generated, sent and validated in a second, one at a time, beside Schemathesis on the same backend and document, in
 * turns. `--json` for machines, `--report-only`, `--rounds N` (default 3), `--seconds S` of each turn (default 10). Schemathesis is taken from `--schemathesis PATH`, or installed
 * into a temporary folder with pip.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkResponse, encodeRequest, invalidRequests, readContractFile, validRequests } from '@assay/contract';
import {
  buildBackend,
  detect,
  type EngineInstance,
  type EngineRecorder,
  isLaunchFailure,
  openEngine,
  openHome,
  readSettings,
} from '@assay/engine';
import fc from 'fast-check';
import { atLeast, atMost, NotMeasured, settle, settleWithout } from '../promises.ts';
import { schemathesisProgram } from '../schemathesis.ts';

const root = path.resolve(import.meta.dirname, '../..');
const option = (name: string, otherwise: string): string =>
  process.argv.includes(name) ? (process.argv[process.argv.indexOf(name) + 1] ?? otherwise) : otherwise;
const rounds = Number(option('--rounds', '3'));
const seconds = Number(option('--seconds', '10'));
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
const document = path.join(root, 'challenges/todo/openapi.yaml');
const contract = readContractFile(document);

const silent: EngineRecorder = {
  exchangeStarted: () => undefined,
  exchangeEnded: () => undefined,
  statement: () => undefined,
  output: () => undefined,
  usage: () => undefined,
};

/** Requests per second of Assay: generate, bind nothing, encode, send, validate the answer. */
async function ours(instance: EngineInstance): Promise<{ readonly perSecond: number; readonly violations: number }> {
  const began = performance.now();
  let sent = 0;
  let violations = 0;
  for (let seed = 1; performance.now() - began < seconds * 1000; seed += 1) {
    for (const operation of contract.operations) {
      const requests = [
        ...fc.sample(validRequests(contract, operation), { seed, numRuns: 20 }),
        ...fc.sample(invalidRequests(contract, operation), { seed, numRuns: 20 }),
      ];
      for (const request of requests) {
        const exchange = await instance.send(encodeRequest(operation, request), { check: 'bench' });
        violations += checkResponse(contract, operation, exchange).length;
        sent += 1;
      }
    }
  }
  return { perSecond: sent / ((performance.now() - began) / 1000), violations };
}

/** Requests per second of Schemathesis, by its own count of test cases, over the time it takes from start to end. Waits for it: the wire proxy is in this process. */
async function theirs(program: string, instance: EngineInstance): Promise<number> {
  const began = performance.now();
  const run = await promisify(execFile)(
    program,
    [
      'run',
      document,
      '--url',
      `http://${instance.authority}`,
      '--workers',
      '1',
      '--phases',
      'fuzzing',
      '--mode',
      'all',
      '--max-examples',
      '150',
      '--continue-on-failure',
      '--no-color',
    ],
    {
      encoding: 'utf8',
      cwd: scratch,
      maxBuffer: 1 << 28,
    },
  ).catch((error: { readonly stdout: string; readonly stderr: string }) => error);
  const took = (performance.now() - began) / 1000;
  const cases = /(\d[\d,]*) generated/.exec(run.stdout)?.[1];
  if (cases === undefined)
    throw new NotMeasured(`Schemathesis told no number of test cases:\n${run.stdout}\n${run.stderr}`);
  return Number(cases.replaceAll(',', '')) / took;
}

const folder = path.join(root, 'challenges/todo/backends/node');
const home = openHome({ ASSAY_HOME: path.join(scratch, 'home') });
const { signal } = new AbortController();
const engine = await openEngine({
  home,
  sandbox: 'off',
  database: 'postgres',
  ownServer: undefined,
  now: () => performance.now(),
  recorder: silent,
  signal,
});
try {
  const program = schemathesisProgram(option('--schemathesis', ''), scratch);
  const built = await buildBackend(await detect(folder, readSettings(folder)), {
    home,
    sandbox: 'off',
    onOutput: () => undefined,
    signal,
  });
  if (isLaunchFailure(built)) throw new Error(built.message);
  await engine.use(built);
  const instance = await engine.launch();
  if (isLaunchFailure(instance)) throw new Error(instance.message);
  const results: { readonly assay: number; readonly schemathesis: number }[] = [];
  let violations = 0;
  for (let round = 0; round < rounds; round += 1) {
    const own = await ours(instance);
    violations += own.violations;
    results.push({ assay: own.perSecond, schemathesis: await theirs(program, instance) });
  }
  const ratios = results.map((result) => result.assay / result.schemathesis).sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)] ?? Number.NaN;
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify({ ratio: median, results }, null, 2)}\n`
      : `Assay ${results.map(({ assay }) => assay.toFixed(0)).join(', ')} requests/s · Schemathesis ${results.map((result) => result.schemathesis.toFixed(0)).join(', ')} · ratio ${Number.isFinite(median) ? median.toFixed(1) : 'not measured'} (median of ${rounds})\n`,
  );
  settle([
    atLeast('requests per second over those of Schemathesis', median, 5),
    atMost('answers of the reference that were called wrong', violations, 0),
  ]);
} catch (error) {
  settleWithout(error);
} finally {
  await engine.close();
  rmSync(scratch, { recursive: true, force: true });
}
