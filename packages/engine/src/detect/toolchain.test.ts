import { chmodSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from './test-folder.ts';
import { findProgram, versionText } from './toolchain.ts';

function program(script: string): { readonly folder: string; readonly name: string } {
  const name = 'assay-test-program';
  const folder = testFolder({ [name]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, name), 0o755);
  return { folder, name };
}

test('a program is asked for its version away from the folder that Assay was started in', async () => {
  const { folder, name } = program('pwd');
  const path = process.env.PATH;
  process.env.PATH = folder;
  try {
    expect(await versionText(name)).toBe('/');
  } finally {
    process.env.PATH = path;
  }
});

test('what a relative folder of the PATH holds is not looked at', () => {
  const { folder, name } = program('true');
  expect(findProgram(name, folder)).toBe(join(folder, name));
  expect(findProgram(name, `${relative(process.cwd(), folder)}:`)).toBeNull();
});
