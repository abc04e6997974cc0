import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { visit } from './browser.ts';

/** How many bytes of script the page at an address loads until it rests, each file compressed by gzip. */
export async function scriptBytes(browser: Browser, address: string): Promise<number> {
  const { page, context } = await visit(browser, address);
  const sizes: number[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      void response.body().then((body) => sizes.push(gzipSync(body).length));
  });
  // Once more, now that it is listened to.
  await page.reload({ waitUntil: 'networkidle' });
  await context.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}
