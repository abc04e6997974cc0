import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { withoutBubblewrap } from '../launch/testing/sandboxes.ts';
import { seccompFilter } from './seccomp-filter.ts';

const filter = withoutBubblewrap ? null : seccompFilter();

/** The exit status of a command under the filter. */
async function statusOf(...command: readonly string[]): Promise<number> {
  const child = spawn('bwrap', ['--dev-bind', '/', '/', '--seccomp', '3', '--', ...command], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const input = child.stdio[3];
  if (input !== null && input !== undefined && 'end' in input) input.end(filter);
  const [status] = await once(child, 'exit');
  return Number(status);
}

it.skipIf(filter === null)('refuses a user namespace, and nothing else that programs do', async () => {
  expect(await statusOf('unshare', '-U', 'true')).toBe(1);
  expect(await statusOf('unshare', '--fork', 'true')).toBe(0);
  const thread = `new (require('node:worker_threads').Worker)("require('node:child_process').execFileSync('true')", { eval: true })`;
  expect(await statusOf(process.execPath, '-e', thread)).toBe(0);
});
