import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { folderState } from './watch.ts';

it('what Assay writes itself is no change of the folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const page = path.join(folder, 'run.html');
  writeFileSync(path.join(folder, 'server.js'), '1');
  const before = folderState(folder, [page]);
  writeFileSync(page, '<html>');
  expect(folderState(folder, [page])).toBe(before);
  writeFileSync(path.join(folder, 'server.js'), '12');
  expect(folderState(folder, [page])).not.toBe(before);
});
