/**
 * Photographs every page of the web app, light and dark, on a desktop and a phone, with a real server that judges a real sample. All of them go
 * into the folder that is given (or a new one, which is named); a few small ones become the pictures of the documentation. With --docs only those
 * are made, with --practice only the pages of interview practice.
 */
import { copyFileSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, type Visit, visit } from '../apps/web/e2e/browser.ts';
import { folderOf, mend } from '../apps/web/e2e/flawed-backend.ts';
import { type LiveServer, startServer } from '../apps/web/e2e/live-server.ts';
import { practiceApi } from '../apps/web/e2e/practice-api.ts';

type Page = Visit['page'];

const pictures = path.resolve(import.meta.dirname, '../docs/pictures');
const largestBytes = 150_000;
const patience = { timeout: 300_000 };
const { values, positionals } = parseArgs({
  options: { docs: { type: 'boolean', default: false }, practice: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = positionals[0] ?? mkdtempSync(path.join(tmpdir(), 'assay-screenshots-'));

const views = [
  { name: 'desktop-light', width: 1440, height: 900, scheme: 'light' },
  { name: 'desktop-dark', width: 1440, height: 900, scheme: 'dark' },
  { name: 'phone-light', width: 360, height: 740, scheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, scheme: 'dark' },
] as const;

/** Which of them the documentation shows, and as what. */
const shown: Readonly<Record<string, string>> = {
  'desktop-light-live': 'web-run.png',
  'desktop-light-finding': 'web-finding.png',
  'desktop-dark-challenges': 'web-challenges.png',
  'phone-light-finding': 'web-phone.png',
  'desktop-light-practice-result': 'web-practice.png',
};

mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([openBrowser(), startServer()]);
try {
  const paths = {
    ...(await practicePages(server)),
    ...(values.practice ? {} : await pagesOfRuns(browser, server)),
  };
  for (const { name, ...view } of views) {
    const wanted = Object.entries(paths).filter(([what]) => isWanted(`${name}-${what}`));
    if (wanted.length === 0) continue;
    const { page, context } = await visit(browser, server.entrance, view);
    for (const [what, address] of wanted) {
      await page.goto(new URL(address, server.origin).href);
      await settled(page);
      await photograph(page, `${name}-${what}`);
    }
    if (!values.practice && isWanted(`${name}-palette`)) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await photograph(page, `${name}-palette`);
    }
    await context.close();
  }
} finally {
  await Promise.all([browser.close(), server.stop()]);
}
process.stdout.write(`${folder}\n`);

async function pagesOfRuns(
  browser: Awaited<ReturnType<typeof openBrowser>>,
  server: LiveServer,
): Promise<Readonly<Record<string, string>>> {
  const { failed, mended } = await judgeSample(browser, server);
  return {
    home: '/',
    challenges: '/challenges',
    challenge: '/challenges/todo',
    backends: '/backends',
    runs: '/runs',
    finding: `${failed}#findings`,
    checks: `${failed}#checks`,
    plots: `${failed}#plots`,
    exchanges: `${failed}#exchanges`,
    compare: `${mended}/compare/${failed.replace('/runs/', '')}`,
    handbook: '/checks',
    check: '/checks/queries/no-n-plus-one',
    skills: '/skills',
    settings: '/settings',
  };
}

/** A person with three months of practice, a question of each kind, and two interviews. */
async function practicePages(server: LiveServer): Promise<Readonly<Record<string, string>>> {
  const api = practiceApi(server);
  await api.makeHistory();
  const pages: Record<string, string> = {
    'practice-today': '/practice',
    'practice-progress': '/practice/progress',
    'practice-questions': '/practice/questions',
    'practice-settings': '/practice/settings',
    'practice-transcript': await api.interview(2, true),
    'practice-interview': await api.interview(1, false),
    'practice-mock': '/practice/mock',
  };
  for (const kind of ['choice', 'sql', 'recall', 'order', 'http', 'predict', 'fix', 'spot', 'design', 'evidence']) {
    const [question = ''] = await api.questions(kind);
    pages[`practice-${kind}`] = await api.open(question);
  }
  pages['practice-files'] = await api.open('http/fix-location');
  pages['practice-result'] = await api.open('databases/not-in-and-null');
  await api.answer(pages['practice-result'], 'SELECT 1');
  const [recall = ''] = await api.questions('recall');
  pages['practice-confirm'] = await api.open(recall);
  await api.answer(pages['practice-confirm'], 'An index helps to find rows without reading the whole table.');
  return pages;
}

/** Judges the sample, with a picture in the midst of it; mends it; judges it again. */
async function judgeSample(
  browser: Awaited<ReturnType<typeof openBrowser>>,
  { entrance }: LiveServer,
): Promise<{ readonly failed: string; readonly mended: string }> {
  const { page, context } = await visit(browser, entrance);
  await page.getByRole('button', { name: 'Judge a sample' }).click();
  await page.waitForURL('**/runs/*', patience);
  const failed = new URL(page.url()).pathname;
  // In the midst: some checks have ended, and one goes on.
  await page.locator('.live-row[data-state="passed"]').nth(1).waitFor(patience);
  await photograph(page, 'desktop-light-live');
  await page.getByRole('tab', { name: /^Findings/ }).waitFor(patience);
  if (values.docs) {
    await context.close();
    return { failed, mended: failed };
  }
  mend(await folderOf(page));
  await page.getByRole('button', { name: 'Only what failed' }).click();
  await page.waitForURL((url) => url.pathname !== failed, patience);
  await page.locator('.badge-large').getByText('Passed', { exact: true }).waitFor(patience);
  const mended = new URL(page.url()).pathname;
  await context.close();
  return { failed, mended };
}

function isWanted(name: string): boolean {
  return !values.docs || name in shown;
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor(patience);
  await page
    .locator('.skeleton')
    .first()
    .waitFor({ state: 'detached', ...patience });
  await page
    .locator('.editor-waits')
    .first()
    .waitFor({ state: 'detached', ...patience });
  await page.evaluate(() => document.fonts.ready);
}

async function photograph(page: Page, name: string): Promise<void> {
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  const picture = shown[name];
  if (picture === undefined) return;
  const { size } = statSync(file);
  if (size > largestBytes) throw new Error(`${name} has ${size} bytes, and may have ${largestBytes}`);
  copyFileSync(file, path.join(pictures, picture));
  process.stdout.write(`docs/pictures/${picture} (${Math.round(size / 1000)} kB)\n`);
}
