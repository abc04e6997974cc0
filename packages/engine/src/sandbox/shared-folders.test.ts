import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedFolders } from './shared-folders.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-shared-')));
  for (const name of ['app/node_modules', 'cache/modules', 'private']) mkdirSync(join(root, name), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('sharedFolders', () => {
  it('takes folders that stand where they are named', () => {
    expect(sharedFolders(join(root, 'app'), ['node_modules', 'vendor'], null)).toEqual({
      inside: ['node_modules'],
      outside: [],
    });
  });

  it('follows a link into its own dependencies, and no other', () => {
    mkdirSync(join(root, 'cache/own/.venv'), { recursive: true });
    symlinkSync(join(root, 'cache/own/.venv'), join(root, 'app/.venv'));
    symlinkSync(join(root, 'private'), join(root, 'app/vendor'));
    symlinkSync(join(root, 'cache'), join(root, 'app/all'));
    symlinkSync(join(root, 'cache/modules'), join(root, 'app/others'));
    const names = ['.venv', 'vendor', 'all', 'others'];
    expect(sharedFolders(join(root, 'app'), names, join(root, 'cache/own'))).toEqual({
      inside: [],
      outside: [join(root, 'cache/own/.venv')],
    });
  });

  it('does not leave the folder by way of a linked parent or of dots', () => {
    mkdirSync(join(root, 'private/node_modules'));
    symlinkSync(join(root, 'private'), join(root, 'app/packages'));
    expect(sharedFolders(join(root, 'app'), ['packages/node_modules', '../private', '.', ''], null)).toEqual({
      inside: [],
      outside: [],
    });
  });
});
