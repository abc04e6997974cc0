import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axeFindings } from './axe.ts';
import { describeBrowser, openBrowser, patience, visit } from './browser.ts';
import { folderOf, mend } from './flawed-backend.ts';
import { type LiveServer, startServer } from './live-server.ts';
import { scriptBytes } from './script-bytes.ts';

describeBrowser('From the first page to a passing run', () => {
  let browser: Browser;
  let server: LiveServer;
  /** What the journey with the mouse leaves behind, for the pages that need runs. */
  const runs: string[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([openBrowser(), startServer()]);
  }, patience);
  // What a failed test leaves open would go on working.
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, patience);

  it('goes with the mouse alone', { timeout: 3 * patience }, async () => {
    const { page, complaints } = await visit(browser, server.entrance);
    await page.getByRole('button', { name: 'Judge a sample' }).click();
    await page.waitForURL('**/runs/*');
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await page.getByRole('progressbar', { name: 'Checks' }).waitFor();
    runs.push(new URL(page.url()).pathname);

    // The verdict comes by itself, and the finding tells what happened and what to do.
    await page.getByRole('tab', { name: /^Findings/ }).waitFor();
    await page.getByText('What was deleted is gone, and nothing else is').first().click();
    await page
      .getByText(/answered 200 after DELETE .* answered 204/)
      .first()
      .waitFor();
    await page
      .getByRole('heading', { name: /how to (fix|mend)/i })
      .first()
      .waitFor();

    // What it rests on is among all exchanges, and can be picked out of them.
    await page.getByRole('tab', { name: /^Exchanges/ }).click();
    const exchanges = page.getByRole('listbox').getByRole('option');
    await exchanges.first().waitFor();
    const filtered = page.waitForResponse((one) => one.url().includes('status=2xx'));
    await page.getByLabel('Status', { exact: true }).selectOption('2xx');
    expect((await filtered).status()).toBe(200);
    await exchanges.first().locator('.status-code').filter({ hasText: /^2/ }).waitFor();

    mend(await folderOf(page));
    await page.getByRole('button', { name: 'Only what failed' }).click();
    await page.waitForURL((url) => !runs.includes(url.pathname));
    runs.push(new URL(page.url()).pathname);
    await page.locator('.badge-large').getByText('Passed', { exact: true }).waitFor();

    await page.getByRole('link', { name: 'See what changed' }).click();
    await page.getByRole('heading', { level: 1, name: 'What changed' }).waitFor();
    expect(await page.locator('.difference-count').first().innerText()).toMatch(/1\s+better/);
    expect(complaints).toEqual([]);
  });

  it('goes with the keyboard alone', { timeout: 3 * patience }, async () => {
    const { page, complaints } = await visit(browser, server.entrance);
    const { keyboard } = page;
    const folder = await sampleFolder(server);
    // By the palette to the page, by typing to the folder.
    await keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await keyboard.type('own backend');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Own backend' }).waitFor();
    await tabTo(page, 'Path of the folder');
    await keyboard.press('Control+a');
    await keyboard.type(folder);
    await keyboard.press('Enter');
    await page.getByLabel('Judge it against').waitFor();
    await tabTo(page, 'Judge it against');
    await keyboard.type('The challenge Todo');
    await tabTo(page, 'Only these checks');
    await keyboard.type('data/delete-is-final data/update-is-visible');
    await keyboard.press('Enter');
    await page.waitForURL('**/runs/*');
    const first = page.url();
    // The button goes with the run, and leaves the focus to the page.
    await page.getByRole('button', { name: 'Stop', exact: true }).focus();

    await page.getByRole('tab', { name: /^Findings/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.classList.contains('page'))).toBe(true);
    await tabTo(page, /^Findings/);
    await page
      .getByText(/answered 200 after DELETE .* answered 204/)
      .first()
      .waitFor();

    mend(folder);
    await keyboard.press('f');
    await page.waitForURL((url) => url.href.split('#')[0] !== first.split('#')[0]);
    await page.locator('.badge-large').getByText('Passed', { exact: true }).waitFor();
    // Back to the handbook of checks, by a sequence of keys, and into its search.
    await keyboard.press('g');
    await keyboard.press('k');
    await page.getByRole('heading', { level: 1, name: 'Checks' }).waitFor();
    await page.getByRole('searchbox').waitFor();
    await keyboard.press('/');
    await keyboard.type('n-plus-one');
    await page.getByText('1 check', { exact: true }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('searchbox').blur();
    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each([
    { width: 1440, scheme: 'light' },
    { width: 360, scheme: 'dark' },
  ] as const)(
    'has no page that axe finds fault with, or that is wider than its window: $width, $scheme',
    { timeout: 3 * patience },
    async (view) => {
      const { page, complaints } = await visit(browser, server.entrance, view);
      const [first = '/runs', last = '/runs'] = runs;
      const paths = [
        '/',
        '/challenges',
        '/challenges/todo',
        '/backends',
        '/runs',
        `${first}#findings`,
        `${first}#checks`,
        `${first}#plots`,
        `${first}#exchanges`,
        `${last}/compare/${first.replace('/runs/', '')}`,
        '/checks',
        '/checks/queries/no-n-plus-one',
        '/skills',
        '/settings',
        '/nowhere',
      ];
      const faults: string[] = [];
      for (const path of paths) {
        await page.goto(new URL(path, server.origin).href);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        faults.push(...(await axeFindings(page)).map((fault) => `${path}: ${fault}`));
        const excess = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (excess > 0) faults.push(`${path} is ${excess} pixels wider than its window`);
      }
      expect(faults).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it('lets a browser in that brings the token, and no other', { timeout: 2 * patience }, async () => {
    const { page } = await visit(browser, server.origin);
    await page.getByRole('heading', { level: 1, name: 'This browser has no key yet' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const token = page.getByLabel('Token');
    await token.fill('not-the-token-of-this-one');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('alert').getByText('The token is not the one of this Assay.').waitFor();
    await token.fill(new URL(server.entrance).searchParams.get('token') ?? '');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  it('loads at most 250 kB of script for its first page, compressed', { timeout: patience }, async () => {
    const bytes = await scriptBytes(browser, server.entrance);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(250_000);
  });

  it('keeps the theme that is chosen, from the first moment of the next page on', {
    timeout: 2 * patience,
  }, async () => {
    const { page } = await visit(browser, server.entrance);
    await page.goto(`${server.origin}/settings`);
    await page.getByRole('radio', { name: 'Dark' }).check();
    const isDark = page.locator('html[data-theme="dark"]');
    await isDark.waitFor();
    // The same said twice is heard twice.
    await page.getByRole('radio', { name: 'Less' }).check();
    await page.getByTestId('announcer').getByText('Saved.').nth(1).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto');
    // What is saved keeps the focus where it was.
    await page.getByLabel('Seconds for the checks').fill('90');
    const saved = page.waitForResponse(
      (one) => one.request().method() === 'PATCH' && one.url().endsWith('/api/settings'),
    );
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await saved;
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Save');
    const remove = page.getByRole('button', { name: 'Delete everything …' });
    await remove.press('Enter');
    await page.getByRole('button', { name: 'Keep' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await remove.evaluate((element) => element === document.activeElement)).toBe(true);
    // Also when the server is slow to tell its settings.
    await page.route('**/api/settings', () => undefined);
    await page.goto(server.origin);
    await isDark.waitFor();
  });

  it('says when the server goes away, and goes on when it is back', { timeout: 3 * patience }, async () => {
    const { page } = await visit(browser, server.entrance);
    await page.goto(`${server.origin}/challenges`);
    await page.getByRole('link', { name: 'Todo' }).waitFor();
    const { home, port } = server;
    await server.pause();
    await page.getByRole('alert').getByText('Assay does not answer').waitFor();
    // What was there stays there.
    expect(await page.getByRole('link', { name: 'Todo' }).count()).toBe(1);
    server = await startServer({ home, port });
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Skills' }).click();
    await page.getByRole('heading', { level: 2, name: 'Databases' }).waitFor();
  });
});

/** A flawed backend in a folder of its own. */
async function sampleFolder({ entrance, origin }: LiveServer): Promise<string> {
  const token = new URL(entrance).searchParams.get('token') ?? '';
  const response = await fetch(`${origin}/api/challenges/todo/samples`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const sample: unknown = await response.json();
  if (typeof sample !== 'object' || sample === null || !('folder' in sample) || typeof sample.folder !== 'string')
    throw new Error(`no sample was written: ${JSON.stringify(sample)}`);
  return sample.folder;
}

/** Presses Tab until what has this label or name has the focus, as a person without a mouse would. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const label = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement)) return '';
      const labels = 'labels' in focused && focused.labels instanceof NodeList ? [...focused.labels] : [];
      return (
        labels.map((one) => one.textContent).join(' ') ||
        (focused.getAttribute('aria-label') ?? '') ||
        (focused.textContent ?? '')
      );
    });
    if (typeof name === 'string' ? label === name : name.test(label)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${name}`);
}
