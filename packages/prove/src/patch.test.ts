import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPatchFile } from './patch.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-patch-'));
  writeFileSync(path.join(folder, 'a.js'), 'one\ntwo\nthree\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function patch(text: string): string {
  const file = path.join(folder, 'change.patch');
  writeFileSync(file, text);
  return file;
}

describe('applyPatchFile', () => {
  it('changes, adds and removes files', () => {
    applyPatchFile(
      patch(
        '--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n--- /dev/null\n+++ b/lib/b.js\n@@ -0,0 +1 @@\n+new\n',
      ),
      folder,
    );
    expect(readFileSync(path.join(folder, 'a.js'), 'utf8')).toBe('one\n2\nthree\n');
    expect(readFileSync(path.join(folder, 'lib/b.js'), 'utf8')).toBe('new\n');
    applyPatchFile(patch('--- a/lib/b.js\n+++ /dev/null\n@@ -1 +0,0 @@\n-new\n'), folder);
    expect(existsSync(path.join(folder, 'lib/b.js'))).toBe(false);
  });

  it('refuses a patch that does not fit any more', () => {
    expect(() =>
      applyPatchFile(patch('--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n one\n-zwei\n+2\n three\n'), folder),
    ).toThrow('does not fit a/a.js');
  });

  it('refuses a patch that leaves the folder', () => {
    expect(() => applyPatchFile(patch('--- /dev/null\n+++ b/../out.js\n@@ -0,0 +1 @@\n+x\n'), folder)).toThrow(
      'outside',
    );
  });
});
