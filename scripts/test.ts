/**
 * Runs the tests and closes with the line `N passed, N failed, N skipped`. Arguments go to Vitest. Skipped tests are told by name;
 * with ASSAY_REQUIRE=all a test skipped for a missing toolchain fails by itself.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Result {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const root = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-test-'));
const outputFile = path.join(scratch, 'result.json');
// What tests make among the temporary files goes with the run. Processes of other users come in there, as in /tmp itself.
const temporary = path.join(scratch, 'tmp');
mkdirSync(temporary);
chmodSync(scratch, 0o755);
chmodSync(temporary, 0o1777);
const run = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TMPDIR: temporary } },
);
let result: Result;
try {
  result = JSON.parse(readFileSync(outputFile, 'utf8')) as Result;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const file of result.testResults) {
  for (const test of file.assertionResults) {
    if (test.status === 'pending' || test.status === 'skipped') process.stdout.write(`skipped: ${test.fullName}\n`);
  }
}
// A file that does not even load has no tests to count, and is a failure all the same.
const broken = result.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
).length;
const failed = result.numFailedTests + broken;
process.stdout.write(
  `${result.numPassedTests} passed, ${failed} failed, ${result.numPendingTests + result.numTodoTests} skipped\n`,
);
process.exitCode = failed > 0 || run.status !== 0 ? 1 : 0;
