import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { launchBackend } from './launch-backend.ts';
import type { LaunchOptions, RunningBackend } from './running-backend.ts';
import { askJson } from './testing/ask.ts';
import { until } from './testing/condition.ts';
import { processesWith } from './testing/processes-with.ts';
import { sandboxes } from './testing/sandboxes.ts';
import { temporaryBackend, type TemporaryBackend } from './testing/temporary-backend.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function make(...args: Parameters<typeof temporaryBackend>): TemporaryBackend {
  const temporary = temporaryBackend(...args);
  undo.push(() => temporary.remove());
  return temporary;
}

async function launch(
  { built, root }: TemporaryBackend,
  options: Partial<LaunchOptions> & Pick<LaunchOptions, 'sandbox'>,
): Promise<RunningBackend> {
  const outcome = await launchBackend(built, {
    scratch: join(root, 'scratch'),
    database: null,
    readinessTimeoutMs: 20_000,
    ...options,
  });
  if (!outcome.launched)
    throw new Error(`${outcome.failure.message} ${outcome.failure.detail} ${outcome.failure.log.join('\n')}`);
  undo.push(() => outcome.backend.close());
  return outcome.backend;
}

/** Answers with what an expression gives, or with the code of the error it throws. */
const evaluate = (expression: string): string => `
  const fs = require('node:fs'), cp = require('node:child_process'), net = require('node:net'), http = require('node:http'), os = require('node:os');
  const attempt = async (work) => { try { return await work(); } catch (error) { return error.code ?? String(error); } };
  http.createServer(async (request, response) => request.url !== '/' ? response.writeHead(404).end() : response.end(JSON.stringify(await attempt(async () => (${expression})) ?? null))).listen(process.env.PORT, process.env.HOST);`;

describe.each(sandboxes)('a stubborn backend with %s', (_name, choose) => {
  it('ignores SIGTERM, daemonises and leaves its group: nothing of it is left', async () => {
    const daemon = `require('node:child_process').spawn('setsid', ['sh', '-c', '(setsid sleep 1000 &) ; sleep 1000'], { detached: true, stdio: 'ignore' }).unref();`;
    const marker = `stubborn-${process.pid}-${Math.random()}`;
    const temporary = make({ 'server.js': `process.on('SIGTERM', () => {}); ${daemon} ${evaluate('1')}` });
    const backend = await launch(temporary, { sandbox: await choose(), markers: { ASSAY_TEST: marker } });
    await until('the daemons run', () => processesWith(marker).length >= 4);
    expect(await backend.stop('SIGTERM', 50)).toMatchObject({ exited: false });
    await backend.kill();
    expect(
      processesWith(marker).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('sleep')),
    ).toEqual([]);
    await backend.close();
    expect(processesWith(marker)).toEqual([]);
  });

  it('prints without end: a little is kept, and how much is not', async () => {
    const temporary = make(
      { 'server.js': evaluate('1') },
      { start: '(yes gibberish & yes more >&2 & wait) & exec node server.js' },
    );
    let lines = 0;
    const backend = await launch(temporary, { sandbox: await choose(), onOutput: () => (lines += 1) });
    await until('lines were dropped', () =>
      backend.log().some((line) => /… [\d,]+ lines \([\d,]+ bytes\) printed too fast were not kept/.test(line)),
    );
    expect(await askJson(() => backend.connect())).toBe(1);
    expect(backend.log().length).toBeLessThanOrEqual(1_000);
    expect(lines).toBeGreaterThan(0);
  });

  it('prints a lot and crashes: its last words are kept', async () => {
    const crash = `for (let i = 0; i < 20000; i += 1) console.log('line ' + i + ' of the flood'); throw new Error('the last words');`;
    const { built, root } = make({ 'server.js': crash });
    const outcome = await launchBackend(built, {
      sandbox: await choose(),
      scratch: join(root, 'scratch'),
      database: null,
    });
    expect(outcome.launched ? [] : outcome.failure.log.join('\n')).toContain('the last words');
  });

  it('is gone when Assay is killed with SIGKILL, with all it has started', async () => {
    const marker = `orphan-${process.pid}-${Math.random()}`;
    const temporary = make({
      'server.js': `require('node:child_process').spawn('setsid', ['sleep', '1000'], { detached: true, stdio: 'ignore' }).unref(); ${evaluate('1')}`,
    });
    const program = fileURLToPath(new URL('./testing/launch-and-wait.ts', import.meta.url));
    const settings = JSON.stringify({
      built: temporary.built,
      sandbox: await choose(),
      scratch: join(temporary.root, 'scratch'),
      markers: { ASSAY_TEST: marker },
    });
    const assay = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, settings], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    undo.push(() => assay.kill('SIGKILL'));
    const [said] = (await once(assay.stdout, 'data')) as [Buffer];
    expect(said.toString()).toBe('launched');
    await until('the daemon runs', () => processesWith(marker).length >= 3);
    assay.kill('SIGKILL');
    await until('nothing is left', () => processesWith(marker).length === 0);
  });
});
