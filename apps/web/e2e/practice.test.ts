import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axeFindings } from './axe.ts';
import { describeBrowser, openBrowser, patience, visit } from './browser.ts';
import { type LiveServer, startServer } from './live-server.ts';
import { practiceApi } from './practice-api.ts';

describeBrowser('Practice, by keyboard', () => {
  let browser: Browser;
  let server: LiveServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([openBrowser(), startServer()]);
  }, patience);
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, patience);

  it('does a session of a choice, an SQL statement and a recall', { timeout: 3 * patience }, async () => {
    const { page, complaints } = await visit(browser, server.entrance);
    const { keyboard } = page;
    const api = practiceApi(server);
    const [recall = ''] = await api.questions('recall');
    const first = await api.open('http/a-cookie-for-the-session');
    await page.goto(
      `${server.origin}${first}?rest=${encodeURIComponent(`${await sqlQuestion(server)},${recall}`)}&of=3`,
    );

    // A digit chooses, Enter answers, Enter goes on.
    await page.getByRole('radio').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await keyboard.press('2');
    // A reload keeps the choice, and it can be sent as it stands.
    await page.reload();
    await page.getByRole('radio', { checked: true }).waitFor();
    await page.getByRole('button', { name: /^Answer/ }).press('Enter');
    await resultOf(page);
    expect(await axeFindings(page)).toEqual([]);
    await keyboard.press('Enter');

    // SQL is typed in the editor and run on a real PostgreSQL.
    await tabInto(page, 'Your SQL');
    await keyboard.type('SELECT 1');
    // A reload loses nothing.
    await page.reload();
    await page.locator('[data-editor="sql"]').getByText('SELECT 1').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await tabInto(page, 'Your SQL');
    await keyboard.press('Control+Enter');
    expect(await resultOf(page)).toBe('Not yet');
    await page.getByText('One that passes').waitFor();
    await keyboard.press('n');

    // Words propose points; the person confirms them.
    await page.getByLabel('Your answer').waitFor();
    await tabInto(page, 'Your answer');
    await keyboard.type('I would measure it first.');
    await keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Which points does your answer make?' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    for (const box of await page.getByRole('checkbox').all()) if (!(await box.isChecked())) await box.press('Space');
    await keyboard.press('Control+Enter');
    expect(await resultOf(page)).toBe('Right');
    await keyboard.press('Enter');
    await page.getByText('answered today').waitFor();
    expect(await page.locator('.numbers').innerText()).toMatch(/3\s+answered today/);
    expect(complaints).toEqual([]);
  });

  it('takes an order for an answer once it was moved or agreed to, and hands nothing in by a press on an item', {
    timeout: 2 * patience,
  }, async () => {
    const { page, complaints } = await visit(browser, server.entrance);
    const api = practiceApi(server);
    const [question = ''] = await api.questions('order');
    await page.goto(`${server.origin}${await api.open(question)}`);
    const answer = { name: /^Answer/ };
    const closed = page.getByRole('button', { ...answer, disabled: true });
    const ready = page.getByRole('button', { ...answer, disabled: false });
    const items = page.locator('[data-item]');
    await items.first().waitFor();
    await closed.waitFor();
    for (const key of ['Enter', 'Space', 'Control+Enter']) await items.first().press(key);
    const asGiven = page.getByLabel('It is right as it stands');
    await asGiven.press('Space');
    await ready.waitFor();
    await asGiven.press('Space');
    await closed.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await items.first().press('Shift+ArrowDown');
    await asGiven.waitFor({ state: 'detached' });
    await page.locator('[data-item="1"]:focus').press('Enter');
    await ready.waitFor();
    await page.keyboard.press('Control+Enter');
    await resultOf(page);
    expect(complaints).toEqual([]);
  });

  it('holds a mock interview, through a reload, to its rubric and transcript', { timeout: 3 * patience }, async () => {
    const { page, complaints } = await visit(browser, server.entrance);
    const { keyboard } = page;
    await keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await keyboard.type('mock interview');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Mock interviews' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await tabInto(page, 'Begin the interview');
    await keyboard.press('Enter');
    await page.waitForURL('**/practice/mock/*');
    await page.locator('.room-bar').getByText('Question 1.').waitFor();
    await page.getByLabel('Notes for yourself').fill('Ask what it is for.');
    const next = page.getByRole('button', { name: /Next question/ });
    const giveUp = async (): Promise<void> => {
      const confirm = page.getByRole('button', { name: /That is so/ });
      await page.getByRole('button', { name: 'Show the answer' }).press('Enter');
      await confirm.or(next).waitFor();
      if (await confirm.isVisible()) await confirm.press('Enter');
      await next.waitFor();
    };
    await giveUp();
    await page.reload();
    await next.waitFor();
    expect(await page.getByLabel('Notes for yourself').inputValue()).toBe('Ask what it is for.');
    expect(await axeFindings(page)).toEqual([]);
    await keyboard.press('Control+Enter');
    await page.locator('.room-bar').getByText('Question 2.').waitFor();
    await page.locator('.room-title:focus').waitFor();
    // What was said about an answer is kept, also when the interview ends with it.
    await page.getByLabel('Notes for yourself').fill('Ask about the load.');
    await giveUp();
    await page.getByRole('button', { name: 'End it' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).press('Enter');
    await page.getByRole('heading', { name: 'The rubric' }).waitFor();
    await page.locator('.turn summary').first().press('Enter');
    await page.getByText('Ask what it is for.').waitFor();
    await page.locator('.turn summary').nth(1).press('Enter');
    await page.getByText('Ask about the load.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('has no page that axe finds fault with, or that is wider than a phone', { timeout: 3 * patience }, async () => {
    const { page, complaints } = await visit(browser, server.entrance, { width: 360, scheme: 'dark' });
    const api = practiceApi(server);
    await api.makeHistory();
    const asked = ['order', 'http', 'spot', 'evidence', 'sql'].map(async (kind) => {
      const [question = ''] = await api.questions(kind);
      return api.open(question);
    });
    const paths = [
      '/practice',
      '/practice/progress',
      '/practice/questions?topic=http',
      '/practice/settings',
      '/practice/mock',
      ...(await Promise.all(asked)),
      await api.open('http/fix-location'),
    ];
    const faults: string[] = [];
    for (const path of paths) {
      await page.goto(`${server.origin}${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      for (const waits of ['.skeleton', '.editor-waits'])
        await page.locator(waits).first().waitFor({ state: 'detached' });
      faults.push(...(await axeFindings(page)).map((fault) => `${path}: ${fault}`));
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (excess > 0) faults.push(`${path} is ${excess} pixels wider than its window`);
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

async function sqlQuestion(server: LiveServer): Promise<string> {
  const [question = ''] = await practiceApi(server).questions('sql');
  return question;
}

/** `Right` or `Not yet`, when it is there. */
async function resultOf(page: Page): Promise<string> {
  const word = page.locator('.result-word');
  await word.waitFor();
  return (await word.innerText()).trim();
}

/** Presses Tab until what has this label has the focus. */
async function tabInto(page: Page, name: string): Promise<void> {
  await page.locator(`[aria-label="${name}"], label:text-is("${name}"), button:has-text("${name}")`).first().waitFor();
  await page.locator('.editor-waits').waitFor({ state: 'detached' });
  for (let presses = 0; presses < 60; presses++) {
    const label = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement)) return '';
      const labels = 'labels' in focused && focused.labels instanceof NodeList ? [...focused.labels] : [];
      return (
        focused.getAttribute('aria-label') ?? (labels.map((one) => one.textContent).join(' ') || focused.textContent)
      );
    });
    if (label?.startsWith(name) === true) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${name}`);
}
