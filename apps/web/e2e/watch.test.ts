import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser, openBrowser, patience, visit } from './browser.ts';
import { type LiveServer, startServer } from './live-server.ts';

const contract = {
  openapi: '3.1.0',
  info: { title: 'Greeting', version: '1' },
  paths: {
    '/hello': {
      get: {
        operationId: 'hello',
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'object', required: ['hello'] } } },
          },
        },
      },
    },
  },
};

/** What it answers is not what its contract says, until it is written anew. */
function write(folder: string, body: string): void {
  writeFileSync(
    path.join(folder, 'server.js'),
    `require('node:http').createServer((request, response) => {
      const found = request.url.split('?')[0] === '/hello';
      response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
      response.end(found ? ${JSON.stringify(body)} : '{}');
    }).listen(Number(process.env.PORT), '127.0.0.1');`,
  );
}

describeBrowser('Watching a folder', () => {
  let browser: Browser;
  let server: LiveServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([openBrowser(), startServer()]);
  }, patience);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, patience);

  it('judges again when a file is saved, first what had failed, and goes along by itself', {
    timeout: 3 * patience,
  }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-watched-'));
    writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(contract));
    writeFileSync(path.join(folder, 'assay.yaml'), 'start: node server.js\ndatabase: none\n');
    write(folder, '{"goodbye":1}');
    const { page, complaints } = await visit(browser, server.entrance);
    const only = ['contract/response-status', 'contract/response-schema'];
    const made = await page.request.post(`${server.origin}/api/runs`, {
      data: { folder, only },
      headers: { authorization: `Bearer ${new URL(server.entrance).searchParams.get('token') ?? ''}` },
    });
    const { id } = (await made.json()) as { readonly id: string };
    await page.goto(`${server.origin}/runs/${id}`);
    await page.locator('.badge-large').getByText('Failed', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Watch', exact: true }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(id));
    const watched = page.url();
    await page.locator('.badge-large').getByText('Failed', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop watching' }).waitFor();

    // Somebody saves the file; nothing is pressed.
    write(folder, '{"hello":"you"}');
    await page.waitForURL((url) => url.href !== watched);
    await page.locator('.badge-large').getByText('Passed', { exact: true }).waitFor();
    const next = /\/runs\/([^/#?]+)/.exec(page.url())?.[1] ?? '';
    const events = await (await page.request.get(`${server.origin}/api/runs/${next}/report`)).json();
    expect(events).toMatchObject({ verdict: 'passed' });

    await page.getByRole('button', { name: 'Stop watching' }).click();
    await page.getByRole('button', { name: 'Watch', exact: true }).waitFor();
    write(folder, '{"goodbye":1}');
    // Nobody watches any more: nothing is judged.
    await page.waitForTimeout(2000);
    expect(page.url()).toContain(next);
    const { items } = await (await page.request.get(`${server.origin}/api/runs`)).json();
    expect(items).toHaveLength(3);
    expect(complaints).toEqual([]);
  });
});
