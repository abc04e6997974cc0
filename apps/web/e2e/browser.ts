import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The machine's own browser; undefined where there is none. */
export const chromiumPath = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin']
  .flatMap((folder) => names.map((name) => path.join(folder, name)))
  .find((file) => existsSync(file));

/** `describe` that is skipped, by name, where there is no browser; with ASSAY_REQUIRE=all it has to be there. */
export const describeBrowser =
  chromiumPath === undefined && process.env['ASSAY_REQUIRE'] !== 'all' ? describe.skip : describe;

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium here: scripts/install-toolchains gets it.');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** How long is waited for anything. A run builds a backend and starts it, and a machine has other things to do. Milliseconds. */
export const patience = 150_000;

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained of: errors in the console, exceptions, answers that went wrong. */
  readonly complaints: readonly string[];
}

/** A new visitor, who comes in through the address with the token. */
export async function visit(
  browser: Browser,
  address: string,
  options: {
    readonly width?: number;
    readonly height?: number;
    readonly scheme?: 'light' | 'dark';
    readonly tolerates?: RegExp;
  } = {},
): Promise<Visit> {
  const { width = 1440, height = 900, scheme = 'light', tolerates } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  // A busy machine is slow, and not broken.
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints: string[] = [];
  const complain = (text: string): void => {
    if (tolerates?.test(text) !== true) complaints.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(`exception: ${error.message}`));
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { context, page, complaints };
}
