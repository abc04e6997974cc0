import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { check, root, testHome, troubles } from './run-assay.ts';

const home = testHome();
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('Assay judges its own server by the document that it serves: passed', async () => {
  const script = path.join(root, 'apps/server/build/bundle.ts');
  execFileSync(path.join(root, 'scripts/with-node'), [script], { stdio: 'pipe' });
  const { status, report } = await check(['apps/server', '--seed', '4170'], home);
  expect(troubles(report)).toEqual([]);
  expect([status, report.verdict]).toEqual([0, 'passed']);
  // Not on nothing: most of the catalogue applies to it.
  expect(report.checks.filter((result) => result.status === 'passed').length).toBeGreaterThan(40);
}, 1_200_000);
