/**
 * The pages in a real browser: how much script the first one loads, compressed; how soon a report with 5,000 exchanges can be read, in the app and
 * as the file that the command line writes; and how evenly it scrolls.
 *   scripts/with-node bench/server/pages.ts [--json] [--exchanges N] [--repeat N] [--report-only]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser, type Visit, visit } from '../../apps/web/e2e/browser.ts';
import { scriptBytes } from '../../apps/web/e2e/script-bytes.ts';
import { median } from '../median.ts';
import { atMost, promiseOptions, settle } from '../promises.ts';
import { fillReport } from './fill-report.ts';
import { startServer } from './server-process.ts';

type Page = Visit['page'];

const { values } = parseArgs({
  options: {
    ...promiseOptions,
    json: { type: 'boolean', default: false },
    exchanges: { type: 'string', default: '5000' },
    repeat: { type: 'string', default: '5' },
  },
});
const [exchanges, repeat] = [Number(values.exchanges), Number(values.repeat)];
const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-pages-'));
const server = await startServer(home);
const browser = await openBrowser();
try {
  const id = await fillReport(home, exchanges);
  const script = await scriptBytes(browser, server.address.href);
  const { page, context } = await visit(browser, server.address.href);
  const report = new URL(`/runs/${id}#exchanges`, server.address).href;
  const app = await openings(page, report);
  const scroll = await scrolling(page);
  const html = await (await page.request.get(new URL(`/api/runs/${id}/page`, server.address).href)).text();
  await context.close();
  const file = path.join(home, 'report.html');
  writeFileSync(file, html);
  const { page: filePage, context: fileContext } = await visit(browser, pathToFileURL(file).href);
  const inFile = await openings(filePage, `${pathToFileURL(file).href}#exchanges`);
  const fileScroll = await scrolling(filePage);
  await fileContext.close();
  const result = { scriptBytes: script, app, scroll, file: { bytes: html.length, opened: inFile, scroll: fileScroll } };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : [
          `first page: ${Math.round(script / 1000)} kB of script, compressed (limit 250)`,
          `a report with ${exchanges} exchanges opens in the app in ${app.join(', ')} ms, as a file in ${inFile.join(', ')} ms (limit 1000)`,
          `scrolling from end to end: in the app ${told(scroll)}, in the file ${told(fileScroll)}`,
          '',
        ].join('\n'),
  );
  settle([
    atMost('script of the first page, compressed', script / 1000, 250, 'kB'),
    atMost(`a report with ${exchanges} exchanges in the app, median`, median(app), 1000, 'ms'),
    atMost(`a report with ${exchanges} exchanges as a file, median`, median(inFile), 1000, 'ms'),
  ]);
} finally {
  await browser.close();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}

/** From the request of the page until its rows can be read and one can be chosen. Milliseconds, each time anew. */
async function openings(page: Page, address: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < repeat; round += 1) {
    await page.goto('about:blank');
    await page.goto(address, { waitUntil: 'commit' });
    // Told by the page's own clock: it begins with the navigation.
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const look = (): void => {
              if (document.querySelector('[role="option"]') === null) requestAnimationFrame(look);
              else requestAnimationFrame(() => resolve(Math.round(performance.now())));
            };
            look();
          }),
      ),
    );
  }
  return times;
}

interface Scrolling {
  readonly frames: number;
  /** The share of frames that came later than one sixtieth of a second and a half after the one before. */
  readonly late: number;
  /** Milliseconds. */
  readonly longest: number;
}

/** Two seconds of scrolling by the list's own height each frame. */
async function scrolling(page: Page): Promise<Scrolling> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const list = document.querySelector('.virtual-list');
        const gaps: number[] = [];
        const began = performance.now();
        let last = began;
        const step = (now: number): void => {
          gaps.push(now - last);
          last = now;
          if (list !== null) list.scrollTop += 120;
          if (now - began < 2000) requestAnimationFrame(step);
          else
            resolve({
              frames: gaps.length,
              late: Math.round((100 * gaps.filter((gap) => gap > 25).length) / gaps.length) / 100,
              longest: Math.round(Math.max(...gaps)),
            });
        };
        requestAnimationFrame(step);
      }),
  );
}

function told({ frames, late, longest }: Scrolling): string {
  return `${frames} frames in 2 s, ${Math.round(late * 100)} % late, the longest ${longest} ms`;
}
