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
    expect(sharedFolders(join(root, 'app'), ['node_modules', 'vendor'], [])).toEqual({
      inside: ['node_modules'],
      outside: [],
    });
  });

  it('follows a link into what Assay fills, and no other', () => {
    symlinkSync(join(root, 'cache/modules'), join(root, 'app/.venv'));
    symlinkSync(join(root, 'private'), join(root, 'app/vendor'));
    symlinkSync(join(root, 'cache'), join(root, 'app/all'));
    expect(sharedFolders(join(root, 'app'), ['.venv', 'vendor', 'all'], [join(root, 'cache')])).toEqual({
      inside: [],
      outside: [join(root, 'cache/modules')],
    });
  });

  it('does not leave the folder by way of a linked parent or of dots', () => {
    mkdirSync(join(root, 'private/node_modules'));
    symlinkSync(join(root, 'private'), join(root, 'app/packages'));
    expect(sharedFolders(join(root, 'app'), ['packages/node_modules', '../private', '.', ''], [])).toEqual({
      inside: [],
      outside: [],
    });
  });
});
