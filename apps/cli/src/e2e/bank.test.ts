import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assay, root, testHome } from './run-assay.ts';

const home = testHome();
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Linted {
  readonly problems: readonly string[];
  readonly skipped: readonly { readonly id: string }[];
}

async function lint(...words: readonly string[]): Promise<Linted> {
  const linted = await assay(['practice', 'lint', ...words, '--format', 'json'], { home });
  return JSON.parse(linted.stdout) as Linted;
}

test('every question of the bank is well-formed', async () => {
  expect((await lint('--quick')).problems).toEqual([]);
});

// `npm run questions` proves them all; these are of every kind that runs.
test('questions of three areas are proven: the key passes, wrong answers fail', async () => {
  const folders = ['http', 'testing', 'apis'].map((area) => path.join(root, 'questions', area));
  const { problems, skipped } = await lint(...folders);
  expect(problems).toEqual([]);
  // A machine without PHP or Java proves the others.
  expect(skipped.length).toBeLessThan(20);
}, 600_000);
