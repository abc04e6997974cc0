import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { withBuiltFile } from './built-file.ts';

test.each([
  ['node dist/main', ['dist/src/main.js', 'dist/src/main.js.map', 'dist/prisma.config.js'], 'node dist/src/main.js'],
  [
    'A=b node --enable-source-maps ./dist/main.js',
    ['dist/src/main.js'],
    'A=b node --enable-source-maps dist/src/main.js',
  ],
  ['node dist/main', ['dist/src/main.js', 'dist/node_modules/x/main.js'], 'node dist/src/main.js'],
])('%s starts the one file that the build wrote: %j', (start, files, expected) => {
  expect(withBuiltFile(start, testFolder(Object.fromEntries(files.map((file) => [file, '']))))).toBe(expected);
});

test.each([
  ['node dist/main', ['dist/main.js', 'dist/src/main.js']],
  ['node dist/main', ['dist/a/main.js', 'dist/b/main.js']],
  ['node dist', ['dist/index.js']],
  ['node dist/main', ['src/main.js']],
  ['node server.js', ['dist/server.js']],
  ['cd api && node dist/main', ['dist/src/main.js']],
])('%s is left as it is: %j', (start, files) => {
  expect(withBuiltFile(start, testFolder(Object.fromEntries(files.map((file) => [file, '']))))).toBe(start);
});

test('a link out of the folder is not followed, and one in a circle ends', () => {
  const other = testFolder({ 'src/main.js': '' });
  const folder = testFolder();
  symlinkSync(other, join(folder, 'dist'));
  expect(withBuiltFile('node dist/main', folder)).toBe('node dist/main');
  const round = testFolder({ 'dist/x.js': '' });
  symlinkSync('.', join(round, 'dist', 'again'));
  expect(withBuiltFile('node dist/main', round)).toBe('node dist/main');
});
