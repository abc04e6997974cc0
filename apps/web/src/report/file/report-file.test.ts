import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runPage } from '@assay/prove';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run-for-tests.ts';

/** The built file, opened from the disk by a real browser that has no network. */

const web = path.resolve(import.meta.dirname, '../../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-report-file-'));
const many = 5000;
/** Milliseconds; a browser on a busy machine is slow. */
const patience = 180_000;
const chromiumHere = '/usr/bin/chromium';
/** With ASSAY_REQUIRE=all it has to be here. */
const canBrowse = process.env['ASSAY_REQUIRE'] === 'all' || existsSync(chromiumHere);
let browser: Browser | undefined;
let address = '';

beforeAll(async () => {
  if (!canBrowse) return;
  execFileSync(process.execPath, [path.join(web, 'build/main.ts'), 'report'], {
    env: { ...process.env, ASSAY_PAGES: scratch },
  });
  const template = readFileSync(path.join(scratch, 'report.html'), 'utf8');
  const handbook = (check: string): string => {
    const text = readFileSync(path.resolve(web, `../../docs/checks/${check}.md`), 'utf8');
    return `${text}\nSee [the schema](../contract/response-schema.md) and [what is not in the file](../data/round-trip.md).\n`;
  };
  writeFileSync(path.join(scratch, 'run.html'), runPage(template, { ...run(many), handbook }));
  address = pathToFileURL(path.join(scratch, 'run.html')).href;
  browser = await chromium.launch({ executablePath: chromiumHere, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the browser complained of, and every address but the file itself that it asked for. */
  readonly trouble: readonly string[];
}

async function opened(
  fragment: string,
  { width = 1440, scheme = 'light' as 'light' | 'dark' } = {},
): Promise<Opened & AsyncDisposable> {
  if (browser === undefined) throw new Error('the browser did not start');
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) trouble.push(`asked for ${request.url()}`);
  });
  await page.goto(`${address}#${fragment}`);
  await page.locator('.report').waitFor({ state: 'attached' });
  return { page, trouble, [Symbol.asyncDispose]: () => context.close() };
}

const axe = readFileSync(
  path.join(path.dirname(createRequire(import.meta.url).resolve('axe-core')), 'axe.min.js'),
  'utf8',
);

describe.skipIf(!canBrowse)('the report as a file', { timeout: patience }, () => {
  it('says what was found, and shows each kind of evidence', async () => {
    await using file = await opened('f-1');
    const { page } = file;
    expect(await page.locator('h1').innerText()).toBe('todo');
    const kinds = await page
      .locator('.evidence')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-kind')));
    expect(new Set(kinds)).toEqual(
      new Set(['exchange', 'statements', 'log', 'raw', 'value', 'interleaving', 'history', 'plan', 'note']),
    );
    expect(await page.locator('.lane-waits').count()).toBe(4);
    expect(await page.locator('.history-bar-stuck').count()).toBe(2);
    expect(await page.getByText('From the handbook, in JavaScript, Express:').count()).toBe(1);
    expect(await page.getByText('assay replay f-1').count()).toBe(1);
    expect(file.trouble).toEqual([]);
  });

  it('shows what a backend said as text, and runs none of it', async () => {
    for (const fragment of ['f-1', 'checks', 'plots', 'e-1']) {
      await using file = await opened(fragment);
      const { page } = file;
      await page.getByText('About this run').click();
      if (fragment === 'e-1') await page.getByText('␛[2J␛]0;owned␇\\u{9b}31m').first().waitFor();
      expect(await page.evaluate(() => 'owned' in window)).toBe(false);
      expect(await page.locator('#bold, img').count()).toBe(0);
      const text = await page.locator('body').innerText();
      expect(text).toContain('<b id="bold">bold</b>');
      expect(text).toContain('user\\u{202e}gnp.exe');
      expect(text).not.toMatch(/[\u001b\u0007\u009b\u202e]/);
      expect(file.trouble).toEqual([]);
    }
  });

  it('shows evidence that cannot be drawn as plain text, and everything around it', async () => {
    await using file = await opened('f-3');
    const { page } = file;
    await page.getByRole('heading', { name: /^A finding with strange evidence/ }).waitFor();
    await page.getByText('[[[[[[[[').waitFor();
    await page.getByText('"words": "kept as they were"').waitFor();
    expect(await page.getByText('assay replay f-3').count()).toBe(1);
  });

  it('shows the beginning of a line of a megabyte, and more of it when asked', async () => {
    await using file = await opened('e-1');
    const more = file.page.getByRole('button', { name: /^Show 1,4\d\d,\d{3} more characters$/ });
    await more.click();
    await file.page.getByText(/more characters; copying gives all of them$/).waitFor();
  });

  it('opens with 5,000 exchanges and builds only the rows in sight', async () => {
    await using file = await opened('exchanges');
    const { page } = file;
    await page.getByText('5,000 of 5,000').waitFor();
    const list = page.getByRole('listbox');
    expect(await list.getByRole('option').count()).toBeLessThan(80);
    await list.focus();
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: 'e-5000' }).waitFor();
    expect(await list.getByRole('option', { selected: true }).innerText()).toContain('e-5000');
    expect(await list.getByRole('option').count()).toBeLessThan(80);
    expect(page.url()).toMatch(/#e-5000$/);
  });

  it('searches bodies and SQL, and filters', async () => {
    await using file = await opened('exchanges');
    const { page } = file;
    const count = page.locator('.exchanges-count');
    await page.getByLabel('Search requests, answers and SQL').fill('number-4711');
    await page.getByText('1 of 5,000').waitFor();
    await page.getByLabel('Search requests, answers and SQL').fill('ONLY_in_sql');
    const row = page.getByRole('listbox').getByRole('option').filter({ hasText: 'e-2 ·' });
    await row.waitFor();
    expect(await count.innerText()).toBe('1 of 5,000');
    await row.click();
    await page.getByText('The SQL it caused: 43 statements').waitFor();
    await page.getByText('This file keeps the first 3; 40 more statements came after them.').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Status', { exact: true }).selectOption('5xx');
    await page.getByText('100 of 5,000').waitFor();
    await page.getByLabel('Method').selectOption('DELETE');
    await page.getByText('No exchange matches').waitFor();
    expect(file.trouble).toEqual([]);
  });

  it('leads from a finding to its SQL and to its place among all exchanges, and back', async () => {
    await using file = await opened('f-1');
    const { page } = file;
    await page.getByRole('button', { name: 'The SQL it caused' }).first().click();
    await page.getByText('No statement belongs to it for certain').waitFor();
    await page.getByRole('button', { name: 'e-1 among all exchanges' }).click();
    await page.getByRole('heading', { name: 'e-1', exact: true }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /^A finding with all/ }).waitFor();
  });

  it('leads from a finding to the page of its check in the file, on to another, and back, by keyboard alone', async () => {
    await using file = await opened('f-2');
    const { page } = file;
    const link = page.getByRole('link', { name: 'queries/no-n-plus-one' });
    await link.focus();
    const scrolled = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    const title = page.getByRole('heading', { level: 1 });
    await page.getByRole('heading', { name: 'How it is probed' }).waitFor();
    expect(await title.allInnerTexts()).toEqual(['queries/no-n-plus-one']);
    expect(await page.title()).toMatch(/^queries\/no-n-plus-one · /);
    expect(await page.evaluate(() => [document.activeElement?.getAttribute('aria-label'), scrollY])).toEqual([
      'queries/no-n-plus-one',
      0,
    ]);
    expect(await page.getByRole('link', { name: 'what is not in the file' }).count()).toBe(0);
    await page.getByText('what is not in the file').waitFor();
    await page.getByRole('link', { name: 'the schema' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'contract/response-schema' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'queries/no-n-plus-one' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'A finding without evidence' }).waitFor();
    expect(await link.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
    await page.keyboard.press('Enter');
    // From the page itself the report is the first thing that Tab comes to.
    await page.getByRole('heading', { name: 'How it is probed' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'A finding without evidence' }).waitFor();
    expect(page.url()).toMatch(/#f-2$/);
    expect(file.trouble).toEqual([]);
  });

  it('opens at the page of a check, and at the findings where that page is not in the file', async () => {
    await using file = await opened('checks/http/charset');
    await file.page.getByRole('heading', { name: 'http/charset' }).waitFor();
    await file.page.getByRole('link', { name: 'Back to the report' }).click();
    await file.page.getByRole('heading', { name: /^A finding with all/ }).waitFor();
    await using other = await opened('checks/data/round-trip');
    await other.page.getByRole('heading', { name: /^A finding with all/ }).waitFor();
  });

  it('prints every finding and all checks, whole, in dark letters, with nothing to press', async () => {
    await using file = await opened('plots', { scheme: 'dark' });
    const { page } = file;
    await page.locator('.figure').first().waitFor();
    await page.getByRole('button', { name: 'Light' }).click();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.emulateMedia({ media: 'print' });
    await page.locator('.printed .story').nth(2).waitFor();
    expect(await page.locator('.printed .check').count()).toBe(4);
    const seen = await page.evaluate(() => {
      const shown = (selector: string): HTMLElement[] =>
        [...document.querySelectorAll<HTMLElement>(selector)].filter((each) => each.checkVisibility());
      return {
        cut: shown('pre.code-text').filter((each) => each.scrollHeight > each.clientHeight + 4).length,
        pressed: shown('button').map((each) => each.textContent),
        facts: shown('.report-facts').length,
        colour: getComputedStyle(document.body).color,
      };
    });
    expect(seen).toMatchObject({ cut: 0, facts: 1, colour: 'rgb(21, 32, 37)' });
    // What remains are titles of findings, and that a text goes on.
    for (const words of seen.pressed) expect(words).toMatch(/^(A finding|Show [\d,]+ more)/);
    // The real thing, as the browser makes it.
    await page.emulateMedia({ media: null });
    await page.locator('.printed').waitFor({ state: 'detached' });
    expect((await page.pdf()).byteLength).toBeGreaterThan(50_000);
  });

  // One of each: colours go with the theme, and what is too wide goes with the width.
  it.each([
    ['light', 1440],
    ['dark', 360],
  ] as const)(
    'has nothing that axe finds: %s at %i px, and nothing is wider than the screen',
    async (scheme, width) => {
      await using file = await opened('f-1', { scheme, width });
      const { page } = file;
      for (const [fragment, sign] of Object.entries({
        'f-1': '.chapters',
        'f-2': '.chapters',
        checks: '.check-list',
        plots: '.figure svg',
        'e-2': '.exchange-whole .statements',
        'checks/queries/no-n-plus-one': '.file-handbook .code',
      })) {
        await page.evaluate((to) => {
          location.hash = to;
        }, fragment);
        await page.locator(sign).first().waitFor();
        // The policy of the page lets no other script in; axe comes by the browser's own door.
        const found = await page.evaluate(
          `(() => { ${axe}; return axe.run(document, { resultTypes: ['violations'] }); })()`,
        );
        const { violations } = found as {
          readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
        };
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      expect(file.trouble).toEqual([]);
    },
  );
});
