import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { historyCommand } from './history.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'assay-history-command-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What was printed, and what came of it. */
async function check(report: string): Promise<{ printed: string; failure: unknown }> {
  const file = path.join(scratch, 'read.json');
  writeFileSync(file, '{"process":0,"f":"read","output":4,"call":0,"return":1}');
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const status = process.exitCode;
  try {
    const args = ['check', file, '--model', 'register', '--from', 'json', '--report', report];
    await historyCommand().parseAsync(args, { from: 'user' });
    return { printed, failure: null };
  } catch (failure) {
    return { printed, failure };
  } finally {
    write.mockRestore();
    process.exitCode = status;
  }
}

it('refuses a page that cannot be written before it reads a history', async () => {
  for (const report of [path.join(scratch, 'nowhere', 'x.html'), scratch]) {
    const { printed, failure } = await check(report);
    expect(failure).toMatchObject({ kind: 'usage', message: expect.stringContaining(`--report: ${report} `) });
    expect(printed).toBe('');
  }
});

it('tells the verdict even where the page cannot be written after all', async () => {
  const { printed, failure } = await check(path.join(scratch, 'x'.repeat(300)));
  expect(failure).toMatchObject({ kind: 'usage' });
  expect(printed).toContain('VIOLATED');
});
