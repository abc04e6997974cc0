import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assay, testHome } from '../apps/cli/src/e2e/run-assay.ts';
import { markdownFiles, read, root, shownCommands } from './read-docs.ts';

/** Commands that are shown and not run here, and why. */
const notRun: Readonly<Record<string, string>> = {
  'npm ci': 'it has been run, or no test could',
  'npm test': 'this is a part of it',
  'npm start': 'it stays; apps/web/e2e uses what it starts',
  'npm test -- packages/checks': 'a part of npm test',
  'npm run types': 'a step of .ci/run',
  'npm run lint': 'a step of .ci/run',
  'npm run floors': 'a step of .ci/run',
  'npm run format': 'it writes; .ci/run looks whether it would',
  'npm run generate': 'it writes; .ci/run looks whether it would',
  'npm run verify': 'hours; apps/cli/src/e2e/mutants.test.ts runs a fast form of it',
  'npm run steady -- todo --runs 3': 'minutes; apps/cli/src/e2e/references.test.ts judges every reference of todo',
  'npm run kill-storm -- 100': 'minutes; scripts/kill-storm.test.ts kills fewer times',
  'npm run stacks -- django go': 'needs the network; the tests of packages/engine detect every stack',
  'npm run questions': 'minutes; apps/cli/src/e2e/bank.test.ts proves a part of it',
  'npx assay verify todo': 'long; see npm run verify',
  'npx assay check challenges/todo/backends/express':
    'apps/cli/src/e2e/references.test.ts judges every reference of todo',
  'npx assay check ./my-api': "the reader's own",
  'npx assay check ./api --format json': "the reader's own",
  'npx assay check ./api --baseline baseline.json': "the reader's own",
  'npx assay check ./handed-in --challenge todo --sandbox require --format json': "somebody's own",
  'npx assay check "$folder" --challenge todo --sandbox require --seed 1 --format json': "somebody's own",
};

/** What a command that is run here must end with; 0 where nothing is said. */
const statuses: Readonly<Record<string, number>> = {
  'npx assay check ./my-todo': 1,
  'npx assay replay f-1': 1,
};

const scripts = Object.keys((JSON.parse(read('package.json')) as { readonly scripts: object }).scripts);
const files = ['README.md', 'CONTRIBUTING.md', ...markdownFiles('docs')];
const home = testHome();
const cwd = mkdtempSync(path.join(tmpdir(), 'assay-docs-'));
symlinkSync(path.join(root, 'challenges'), path.join(cwd, 'challenges'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(cwd, { recursive: true, force: true });
});

const shown = files.flatMap((file) =>
  shownCommands(read(file)).map((words) => ({ file, words, command: words.join(' ') })),
);

it('knows of every npm script that is shown', () => {
  for (const { words } of shown) if (words[0] === 'npm' && words[1] === 'run') expect(scripts).toContain(words[2]);
});

it('leaves out no command that is not shown any more', () => {
  expect(Object.keys(notRun).filter((command) => !shown.some((one) => one.command === command))).toEqual([]);
});

const run = shown.filter(({ command }) => !(command in notRun));

describe.each([...new Set(run.map(({ file }) => file))])('%s', (file) => {
  const runs = run.filter((one) => one.file === file);
  // In the order of the page: a reader's commands build on each other.
  it.each(runs)('shows a command that works: $command', { timeout: 180_000 }, async ({ words, command }) => {
    expect(words.slice(0, 2), 'an npm command is either left out by name or not shown').toEqual(['npx', 'assay']);
    const { status, stdout, stderr } = await assay(words.slice(2), { home, cwd });
    expect(status, stdout + stderr).toBe(statuses[command] ?? 0);
  });
});
