import { existsSync, lstatSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DetectedBackend } from '../backend.ts';
import { testFolder } from '../detect/test-folder.ts';
import { placeDependencies } from './place-dependencies.ts';

function place(from: string, to: string, dependencyFolders: readonly string[]): void {
  const stack = { language: 'JavaScript', framework: null, runtime: null };
  const detected: Partial<DetectedBackend> = { stack, compile: [], dependencyFolders };
  placeDependencies(detected as DetectedBackend, from, to, false);
}

test('leaves a member of a workspace that is a link to another folder of it as it is', () => {
  const from = testFolder({ 'node_modules/a/index.js': '', 'packages/shared/node_modules/b/index.js': '' });
  const to = testFolder({ 'libs/shared/index.js': '', 'packages/api/index.js': '' });
  symlinkSync('../libs/shared', join(to, 'packages/shared'));
  place(from, to, ['node_modules', 'packages/shared/node_modules', 'packages/api/node_modules']);
  expect(lstatSync(join(to, 'packages/shared')).isSymbolicLink()).toBe(true);
  expect(existsSync(join(to, 'libs/shared/node_modules/b/index.js'))).toBe(true);
  expect(existsSync(join(to, 'node_modules/a/index.js'))).toBe(true);
});

test('touches nothing where a link leads out', () => {
  const from = testFolder({ 'packages/shared/node_modules/b/index.js': '' });
  const elsewhere = testFolder({ 'node_modules/theirs.js': '' });
  const to = testFolder({ 'index.js': '' });
  symlinkSync(elsewhere, join(to, 'packages'));
  place(from, to, ['packages/node_modules', 'packages/shared/node_modules']);
  expect(readdirSync(elsewhere)).toEqual(['node_modules']);
  expect(existsSync(join(elsewhere, 'node_modules/theirs.js'))).toBe(true);
  expect(existsSync(join(to, 'packages/shared/node_modules/b/index.js'))).toBe(true);
});
