import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong on the page as it is shown now, one line for each element. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // The page's policy keeps scripts from being put into it; the debugger may.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // A colour on its way to another one is nobody's choice.
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    // It stands there for the page's own script.
    const { axe: inPage } = globalThis as typeof globalThis & { readonly axe: typeof axe };
    const { violations } = await inPage.run({ resultTypes: ['violations'], preload: false });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    );
  });
}
