import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { check, root, testHome, troubles } from './run-assay.ts';

test('Assay judges its own server by the document that it serves: passed', async () => {
  const script = path.join(root, 'apps/server/build/bundle.ts');
  execFileSync(path.join(root, 'scripts/with-node'), [script], { stdio: 'pipe' });
  const { status, report } = await check(['apps/server', '--seed', '4170'], testHome());
  expect(troubles(report)).toEqual([]);
  expect([status, report.verdict]).toEqual([0, 'passed']);
  // Not on nothing: most of the catalogue applies to it.
  expect(report.checks.filter((result) => result.status === 'passed').length).toBeGreaterThan(40);
}, 1_200_000);
