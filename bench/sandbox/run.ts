import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuiltBackend } from '../../packages/engine/src/backend.ts';
import { prepareBackend } from '../../packages/engine/src/launch/prepare-backend.ts';
import { chooseSandbox, type Sandbox } from '../../packages/engine/src/sandbox/choose-sandbox.ts';
import { atMost, NotMeasured, settle, settleWithout } from '../promises.ts';

/*
 * What a sandbox costs: the same small backend, in turns in bubblewrap and as a plain process, in one run. `start` is what a person waits for when the
 * sandbox was made while the database was being cloned; `prepare` is what making it takes before that.
 *   scripts/with-node bench/sandbox/run.ts [--rounds N] [--json] [--report-only]
 */
const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 30;
const root = mkdtempSync(join(tmpdir(), 'assay-bench-sandbox-'));

const source = `require('node:http').createServer((_, response) => response.end('ok')).listen(process.env.PORT, process.env.HOST);`;
const folder = join(root, 'backend');
const built: BuiltBackend = {
  folder,
  environment: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
  dependencies: null,
  durationMs: 0,
  cached: true,
  detected: {
    folder,
    stack: { language: 'JavaScript', framework: null, runtime: null },
    evidence: 'benchmark',
    install: [],
    lockFiles: [],
    dependencyFolders: [],
    compile: [],
    start: 'node server.js',
    release: null,
    environment: {},
    database: 'none',
    toolchain: ['node'],
    sourceHash: '',
    settings: { challenge: null, contract: null, identities: null },
  },
};

interface Round {
  readonly prepare: number;
  readonly start: number;
  readonly restart: number;
  readonly connect: number;
  readonly close: number;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function measure(sandbox: Sandbox, scratch: string): Promise<Round> {
  const startedAt = performance.now();
  const backend = await prepareBackend(built, { sandbox, scratch, database: null });
  const prepare = performance.now() - startedAt;
  const start = await timed(async () => {
    const result = await backend.start();
    if (!result.started) throw new Error(result.failure.message);
  });
  const connect = await timed(async () => {
    for (let count = 0; count < 50; count += 1) (await backend.connect()).destroy();
  });
  await backend.kill();
  const restart = await timed(() => backend.start());
  const close = await timed(() => backend.close());
  return { prepare, start, restart, connect: connect / 50, close };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
}

function fastest(results: readonly Round[]): number {
  return Math.round(Math.min(...results.map(({ start }) => start)) * 100) / 100;
}

function summary(results: readonly Round[]): Round {
  const of = (name: keyof Round): number => median(results.map((round) => round[name]));
  return {
    prepare: of('prepare'),
    start: of('start'),
    restart: of('restart'),
    connect: of('connect'),
    close: of('close'),
  };
}

try {
  mkdirSync(folder);
  writeFileSync(join(folder, 'server.js'), source);
  const bubblewrap = await chooseSandbox({ mode: 'require' }).catch((error: unknown) => {
    throw new NotMeasured(`there is no sandbox on this machine: ${error instanceof Error ? error.message : error}`);
  });
  const plain = await chooseSandbox({ mode: 'off' });
  const results: { readonly bubblewrap: Round[]; readonly plain: Round[] } = { bubblewrap: [], plain: [] };
  for (let round = 0; round < rounds; round += 1) {
    results.bubblewrap.push(await measure(bubblewrap, join(root, `scratch-${round}`)));
    results.plain.push(await measure(plain, join(root, `scratch-${round}`)));
  }
  const report = {
    rounds,
    unit: 'milliseconds, median',
    bubblewrap: summary(results.bubblewrap),
    plain: summary(results.plain),
    /** The promise: at most 50. */
    startAdds: median(results.bubblewrap.map((round, index) => round.start - (results.plain[index]?.start ?? 0))),
    /** The same between the fastest rounds: what is left when the machine has other things to do meanwhile. */
    startAddsFastest: fastest(results.bubblewrap) - fastest(results.plain),
    coldAdds: median(
      results.bubblewrap.map(
        (round, index) =>
          round.prepare + round.start - (results.plain[index]?.prepare ?? 0) - (results.plain[index]?.start ?? 0),
      ),
    ),
  };
  process.stdout.write(
    process.argv.includes('--json') ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`,
  );
  settle([atMost('what the sandbox adds to a start', report.startAdds, 50, 'ms')]);
} catch (error) {
  settleWithout(error);
} finally {
  rmSync(root, { recursive: true, force: true });
}
