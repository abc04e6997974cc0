/**
 * How long the history checker takes, on generated histories. Processor time stands beside the time on the clock, for machines that
 * have other things to do.
 *   scripts/with-node bench/history/run.ts [--json] [--seed N] [--report-only]
 */
import { parseArgs } from 'node:util';
import {
  casRegister,
  checkLinearizable,
  keyValue,
  type LinearizabilityVerdict,
} from '../../packages/history/src/index.ts';
import { atMost, promiseOptions, settle } from '../promises.ts';
import { registerHistory, storeHistory, withStaleRead, withWrongRead } from './generate.ts';

const { values } = parseArgs({
  options: { ...promiseOptions, json: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});
const seed = Number(values.seed);

interface Row {
  readonly name: string;
  readonly operations: number;
  readonly verdicts: Readonly<Record<LinearizabilityVerdict['status'], number>>;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly limitSeconds: number;
  /** How many of them are known to be valid: to call one of those violated would be a false alarm. */
  readonly valid: number;
}

function measure(
  name: string,
  limitSeconds: number,
  operations: number,
  valid: number,
  run: () => readonly LinearizabilityVerdict[],
): Row {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const results = run();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const count = (status: LinearizabilityVerdict['status']): number =>
    results.filter((each) => each.status === status).length;
  return {
    name,
    operations,
    verdicts: { ok: count('ok'), violated: count('violated'), undecided: count('undecided') },
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    limitSeconds,
    valid,
  };
}

function registers(): Row {
  const histories = Array.from({ length: 100 }, (_, i) => {
    let history = registerHistory(seed * 1000 + i, 80, i % 20);
    if (i % 4 === 0) return history;
    // A quarter stays valid; the others are spoilt until they are not.
    for (let again = 0; checkLinearizable(casRegister(), history, { witnessMs: 0 }).status === 'ok'; again++)
      history = withWrongRead(history, again);
    return history;
  });
  return measure('100 register histories, up to 19 unknown outcomes each', 1.5, 8000, 25, () =>
    histories.map((history) => checkLinearizable(casRegister(), history)),
  );
}

function store(
  name: string,
  plan: { keys: number; values: number; puts: number; appends: number },
  stale: boolean,
): Row {
  const history = storeHistory(seed, { operations: 2000, clients: 50, ...plan });
  const given = stale ? withStaleRead(history, seed, 60) : history;
  return measure(
    `2,000 operations by 50 clients: ${name}${stale ? ', one stale read' : ''}`,
    10,
    2000,
    stale ? 0 : 1,
    () => [checkLinearizable(keyValue, given, { timeoutMs: 9500 })],
  );
}

function large(): Row {
  const history = storeHistory(seed, { operations: 100_000, clients: 50, keys: 100, values: 0, puts: 0.5, appends: 0 });
  return measure('100,000 operations with unique values on 100 keys', 5, 100_000, 1, () => [
    checkLinearizable(keyValue, history),
  ]);
}

const ofRegisters = registers();
const rows: Row[] = [ofRegisters];
for (const stale of [false, true]) {
  rows.push(store('10 keys, gets and puts of 5 values', { keys: 10, values: 5, puts: 0.5, appends: 0 }, stale));
  rows.push(store('1 key, gets and puts of 5 values', { keys: 1, values: 5, puts: 0.5, appends: 0 }, stale));
  rows.push(store('1 key, gets and puts of 50 values', { keys: 1, values: 50, puts: 0.5, appends: 0 }, stale));
  rows.push(
    store('10 keys, gets, puts and appends of 5 values', { keys: 10, values: 5, puts: 0.1, appends: 0.4 }, stale),
  );
  rows.push(store('10 keys, gets and appends of new values', { keys: 10, values: 0, puts: 0, appends: 0.5 }, stale));
  rows.push(
    store('1 key, gets, puts and appends of new values', { keys: 1, values: 0, puts: 0.1, appends: 0.4 }, stale),
  );
}
const largest = large();
rows.push(largest);

if (values.json) process.stdout.write(`${JSON.stringify({ seed, rows }, null, 2)}\n`);
else {
  for (const { name, verdicts, seconds, cpuSeconds, peakMegabytes, limitSeconds } of rows) {
    const told = Object.entries(verdicts).flatMap(([status, count]) => (count > 0 ? `${count} ${status}` : []));
    process.stdout.write(
      `${name}\n  ${told.join(', ')}; ${seconds.toFixed(2)} s (processor ${cpuSeconds.toFixed(2)} s, limit ${limitSeconds} s), peak ${peakMegabytes.toFixed(0)} MB\n`,
    );
  }
}
settle([
  ...rows.map(({ name, seconds, limitSeconds }) => atMost(name, seconds, limitSeconds, 's')),
  // A key-value store may stay undecided within its time; what is decided must be right.
  ...rows.map(({ name, verdicts, valid }) =>
    atMost(`${name}: valid ones called violated`, Math.max(0, valid - verdicts.ok - verdicts.undecided), 0),
  ),
  ...[ofRegisters, largest].map(({ name, verdicts }) => atMost(`${name}: left undecided`, verdicts.undecided, 0)),
  atMost(`${largest.name}: memory of the process`, largest.peakMegabytes, 1024, 'MB'),
]);
