import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startAssay } from './live-assay.ts';
import { testHome } from './run-assay.ts';
import { server, smallBackend } from './small-backend.ts';

/** The address that was printed. */
function addressIn(text: string): string {
  return /at (http:\/\/127\.0\.0\.1:\d+\/enter\?token=\S+)/.exec(text)?.[1] ?? '';
}

test('start prints an address that lets in; started again it gives the same; Ctrl-C ends it', async () => {
  const home = testHome();
  const first = startAssay(['start', '--port', '0', '--no-open'], { home });
  await first.saw(/Assay is at http/);
  const second = await startAssay(['start', '--port', '0', '--no-open'], { home }).ended;
  expect(second).toMatchObject({ status: 0, stdout: expect.stringContaining('runs already') });
  const entered = await fetch(addressIn(second.stdout), { redirect: 'manual' });
  // The page takes the token from the fragment, which no server is ever sent.
  expect([entered.status, entered.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/#token=[\w-]+$/)]);
  first.child.kill('SIGINT');
  const ended = await first.ended;
  expect(ended.status).toBe(0);
  expect(addressIn(ended.stdout)).toBe(addressIn(second.stdout));
  await expect(fetch(addressIn(second.stdout))).rejects.toThrow();
}, 300_000);

test('check --watch judges again after a change, first what had failed, until Ctrl-C', async () => {
  const home = testHome();
  const broken = server("response.writeHead(200, { 'content-type': 'application/json' }).end('[{}]')");
  const folder = smallBackend(path.join(testHome(), 'watched'), broken);
  const live = startAssay(['check', folder, '--watch', '--only', 'contract', '--format', 'ndjson'], { home });
  await live.saw(/watching/);
  writeFileSync(path.join(folder, 'server.js'), server());
  await live.saw(/watching[^]*watching/);
  live.child.kill('SIGINT');
  const { status, stdout } = await live.ended;
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Told);
  const verdicts = events.filter(({ type }) => type === 'run-ended').map(({ verdict }) => verdict);
  const planned = events.filter(({ type }) => type === 'check-started').map(({ id }) => id);
  expect(verdicts).toEqual(['failed', 'passed']);
  // Of the second run, the first check is the one that had failed.
  expect(planned[planned.length / 2]).toBe('contract/response-schema');
  expect(status).toBe(0);
}, 300_000);

interface Told {
  readonly type: string;
  readonly verdict?: string;
  readonly id?: string;
}
