import { expect, test } from 'vitest';
import { recognised } from '../recognised.ts';

test.each([
  ['binding.gyp', '{}'],
  ['.pnpmfile.cjs', ''],
  ['.yarnrc.yml', 'nodeLinker: node-modules\nyarnPath: ./yarn.cjs\n'],
  ['.yarnrc.yml', 'yarnPath: .yarn/releases/../../yarn.cjs\n'],
  ['.yarnrc.yml', 'plugins:\n  - path: .yarn/plugins/own.cjs\n'],
  ['.yarnrc', 'yarn-path "yarn.cjs"\n'],
  ['.npmrc', 'fund=false\nscript-shell=./shell.sh\n'],
])('what an install runs of the project decides what is installed: %s', (name, content) => {
  const files = { 'package.json': { dependencies: { express: '5' } }, 'package-lock.json': '{}', 'index.js': '' };
  expect(recognised(files)[0]?.installReadsSources).toBe(false);
  expect(recognised({ ...files, '.npmrc': 'git-tag-version=false\n' })[0]?.installReadsSources).toBe(false);
  expect(recognised({ ...files, [name]: content })[0]?.installReadsSources).toBe(true);
});

test.each([
  ['.yarnrc.yml', 'yarnPath: .yarn/releases/yarn-4.1.0.cjs\n'],
  ['.yarnrc', 'yarn-path ".yarn/releases/yarn-4.1.0.cjs"\n'],
])('the Yarn that a project brings decides, and no other of its sources: %s', (name, content) => {
  const release = '.yarn/releases/yarn-4.1.0.cjs';
  const [found] = recognised({
    'package.json': { dependencies: { express: '5' } },
    'yarn.lock': '',
    'index.js': '',
    [name]: content,
    [release]: '',
  });
  expect(found).toMatchObject({ installReadsSources: false, lockFiles: expect.arrayContaining([release, name]) });
});
