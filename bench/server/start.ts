/**
 * From `npm start` to a page that can be used, in a real browser that runs already: the first time, with an empty data folder, and after that.
 *   scripts/with-node bench/server/start.ts [--json] [--repeat N] [--report-only]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../apps/web/e2e/browser.ts';
import { atMost, promiseOptions, settle } from '../promises.ts';

const { values } = parseArgs({
  options: { ...promiseOptions, json: { type: 'boolean', default: false }, repeat: { type: 'string', default: '5' } },
});
const root = path.resolve(import.meta.dirname, '../..');
const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-start-'));
const browser = await openBrowser();
try {
  const before = busy();
  const first = await start();
  const after: Started[] = [];
  for (let round = 0; round < Number(values.repeat); round += 1) after.push(await start());
  const load = busy();
  /** How busy the machine was, by this and by all else: 1 is every processor all the time. */
  const share = (load.busy - before.busy) / (load.total - before.total);
  const result = { first, after, busy: Math.round(share * 100) / 100 };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : [
          `the first time: ${told(first)} (limit 8000)`,
          ...after.map((one) => `after that: ${told(one)} (limit 4000)`),
          `the machine was ${Math.round(share * 100)} % busy`,
          '',
        ].join('\n'),
  );
  const usable = after.map(({ usableMs }) => usableMs).toSorted((a, b) => a - b);
  settle([
    atMost('npm start until the page can be used, the first time', first.usableMs, 8000, 'ms'),
    atMost(
      'npm start until the page can be used, median',
      usable[Math.floor(usable.length / 2)] ?? Number.NaN,
      4000,
      'ms',
    ),
  ]);
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true });
}

interface Started {
  /** Until the address was printed. Milliseconds. */
  readonly printedMs: number;
  /** Until the page had its heading and what it shows had come. Milliseconds. */
  readonly usableMs: number;
}

async function start(): Promise<Started> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const began = performance.now();
  const child = spawn('npm', ['start', '--', '--port', '0', '--no-open'], {
    cwd: root,
    env: { ...process.env, ASSAY_HOME: home, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const address = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        const found = / at (http\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`npm start ended with status ${code}`)));
    });
    const printedMs = Math.round(performance.now() - began);
    await page.goto(address, { waitUntil: 'commit' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Judge a sample' }).waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    const usableMs = Math.round(performance.now() - began);
    await context.close();
    return { printedMs, usableMs };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

function told({ printedMs, usableMs }: Started): string {
  return `printed after ${printedMs} ms, usable after ${usableMs} ms`;
}

/** Of all processors since the machine began. Milliseconds. */
function busy(): { readonly busy: number; readonly total: number } {
  const times = cpus().map((one) => one.times);
  const idle = times.reduce((sum, { idle: one }) => sum + one, 0);
  const total = times.reduce((sum, one) => sum + one.user + one.nice + one.sys + one.irq + one.idle, 0);
  return { busy: total - idle, total };
}
