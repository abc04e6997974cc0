/**
 * CPU time for each request of Assay's load generator, beside wrk and autocannon on the same server at the same rate, in turns in one run; and
 * its p99 on a server that stalls for a second, beside the exact value computed from the schedule.
 *   scripts/with-node bench/load/run.ts [--json] [--rounds N] [--seconds N] [--connections N] [--delay MS] [--report-only]
 * The server answers after a fixed delay, so that wrk and autocannon, which wait for answers, ask at the rate that Assay is given. Each tool runs for a
 * short and a long time; the difference is counted, so that its start is not. wrk comes from `scripts/install-toolchains --bench`, autocannon from npm into a
 * temporary folder.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { median } from '../median.ts';
import { atMost, below, NotMeasured, promiseOptions, settle, settleWithout } from '../promises.ts';

const { values } = parseArgs({
  options: {
    ...promiseOptions,
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '100' },
    delay: { type: 'string', default: '4' },
  },
});
const [rounds, seconds, connections] = [Number(values.rounds), Number(values.seconds), Number(values.connections)];
const shortSeconds = 1;
const here = import.meta.dirname;
const wrk = '/usr/bin/wrk';

interface Turn {
  readonly cpuSeconds: number;
  readonly requests: number;
}

async function startServer(...parameters: readonly string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(here, 'server-process.ts'), ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, port: Number(line) };
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Runs a program to its end; its CPU time is what bash's `time` says. */
async function timed(program: string, parameters: readonly string[]): Promise<{ output: string; cpuSeconds: number }> {
  const { stdout, stderr } = await promisify(execFile)(
    'bash',
    ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bash', program, ...parameters],
    { maxBuffer: 1 << 26, env: { ...process.env, LC_ALL: 'C' } },
  ).catch((error: unknown) => {
    throw new NotMeasured(`${program} ended badly: ${error instanceof Error ? error.message : error}`);
  });
  const [, user = 'NaN', system = 'NaN'] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  return { output: stdout, cpuSeconds: Number(user) + Number(system) };
}

/** Of Assay's own requests, in all turns. */
let unanswered = 0;

type Tool = (port: number, forSeconds: number, rate: number) => Promise<Turn>;

const ours: Tool = async (port, forSeconds, rate) => {
  const program = join(here, 'generator-process.ts');
  const { output, cpuSeconds } = await timed(process.execPath, [
    program,
    ...[port, rate, forSeconds, connections].map(String),
  ]);
  const { answered, planned, verification } = JSON.parse(output);
  unanswered += planned - answered + verification.wrong;
  if (answered !== planned || verification.wrong > 0) process.stderr.write(`Assay: ${output}`);
  return { cpuSeconds, requests: answered };
};

const wrks: Tool = async (port, forSeconds) => {
  const { output, cpuSeconds } = await timed(wrk, [
    '-t1',
    `-c${connections}`,
    `-d${forSeconds}s`,
    `http://127.0.0.1:${port}/todos/7`,
  ]);
  return { cpuSeconds, requests: Number(/(\d+) requests in/.exec(output)?.[1]) };
};

function autocannons(program: string): Tool {
  return async (port, forSeconds) => {
    const { output, cpuSeconds } = await timed(process.execPath, [
      program,
      '--json',
      '-c',
      String(connections),
      '-d',
      String(forSeconds),
      `http://127.0.0.1:${port}/todos/7`,
    ]);
    return { cpuSeconds, requests: JSON.parse(output)['2xx'] };
  };
}

/** Microseconds of CPU time for each request. */
async function costOf(tool: Tool, port: number, rate: number): Promise<{ readonly us: number; readonly rate: number }> {
  const short = await tool(port, shortSeconds, rate);
  const long = await tool(port, shortSeconds + seconds, rate);
  const requests = long.requests - short.requests;
  return { us: ((long.cpuSeconds - short.cpuSeconds) / requests) * 1e6, rate: requests / seconds };
}

/** The schedule meets a server that does nothing from `from` for a second: whoever comes in that time is answered at its end. */
async function stallTest(): Promise<{ readonly exact: number; readonly measured: number }> {
  const [rate, forSeconds, stallAt] = [200, 10, 4000];
  const { child, port } = await startServer('0', String(stallAt));
  try {
    const program = join(here, 'generator-process.ts');
    const { output } = await timed(process.execPath, [program, ...[port, rate, forSeconds, 400].map(String)]);
    const exact = Array.from({ length: rate * forSeconds }, (_, index) => {
      const at = (index * 1000) / rate;
      return at >= stallAt && at < stallAt + 1000 ? stallAt + 1000 - at : 0;
    }).toSorted((a, b) => a - b);
    return {
      exact: exact[Math.ceil(exact.length * 0.99) - 1] ?? Number.NaN,
      measured: JSON.parse(output).latency.p99,
    };
  } finally {
    await end(child);
  }
}

function told(ratio: number): string {
  return Number.isFinite(ratio) ? ratio.toFixed(2) : 'not measured';
}

/** autocannon in a folder of its own; undefined where npm does not install it. */
function installAutocannon(folder: string): string | undefined {
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, 'autocannon'], {
      stdio: ['ignore', process.stderr, 'inherit'],
    });
  } catch {
    return undefined;
  }
  return join(folder, 'node_modules/autocannon/autocannon.js');
}

const scratch = await mkdtemp(join(tmpdir(), 'assay-bench-load-'));
try {
  const autocannon = installAutocannon(scratch);
  const tools: { readonly name: string; readonly tool: Tool; readonly costs: number[]; readonly rates: number[] }[] = [
    ...(existsSync(wrk) ? [{ name: 'wrk', tool: wrks, costs: [], rates: [] }] : []),
    ...(autocannon === undefined ? [] : [{ name: 'autocannon', tool: autocannons(autocannon), costs: [], rates: [] }]),
    { name: 'assay', tool: ours, costs: [], rates: [] },
  ];
  const { child, port } = await startServer(values.delay);
  try {
    const nominal = (connections * 1000) / (Number(values.delay) + 1);
    for (let round = 0; round < rounds; round += 1) {
      let rate = nominal;
      for (const { name, tool, costs, rates } of tools) {
        const cost = await costOf(tool, port, Math.round(rate));
        if (name === 'wrk') rate = cost.rate;
        costs.push(cost.us);
        rates.push(cost.rate);
      }
    }
  } finally {
    await end(child);
  }
  const costs = tools.map(({ name, costs: each, rates }) => ({
    name,
    microsecondsPerRequest: median(each),
    all: each,
    perSecond: median(rates),
  }));
  const of = (name: string): number => costs.find((tool) => tool.name === name)?.microsecondsPerRequest ?? Number.NaN;
  const stall = await stallTest();
  const result = {
    costs,
    overWrk: of('assay') / of('wrk'),
    overAutocannon: of('assay') / of('autocannon'),
    stall: { ...stall, error: Math.abs(stall.measured - stall.exact) / stall.exact },
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    for (const { name, microsecondsPerRequest, all, perSecond } of costs)
      process.stdout.write(
        `${name.padEnd(11)} ${microsecondsPerRequest.toFixed(1)} µs of CPU time per request (${all.map((us) => us.toFixed(1)).join(', ')}) at ${perSecond.toFixed(0)}/s\n`,
      );
    process.stdout.write(
      `assay ÷ wrk ${told(result.overWrk)} · assay ÷ autocannon ${told(result.overAutocannon)}\nstall of 1 s: p99 ${stall.measured.toFixed(1)} ms, exactly ${stall.exact.toFixed(1)} ms, off by ${(result.stall.error * 100).toFixed(2)} %\n`,
    );
  }
  settle(
    [
      atMost('CPU time for each request over that of wrk', result.overWrk, 1.5),
      below('CPU time for each request over that of autocannon', result.overAutocannon, 1),
      atMost('p99 beside a stall of 1 s, off the exact value', result.stall.error * 100, 2, '%'),
      atMost('requests that were planned and not answered, or answered wrongly', unanswered, 0),
    ],
    [
      ...(existsSync(wrk) ? [] : [`there is no wrk (${wrk}): scripts/install-toolchains --bench`]),
      ...(autocannon === undefined ? ['there is no autocannon, and npm does not install it'] : []),
    ],
  );
} catch (error) {
  settleWithout(error);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
