import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isOwnerAlive, ownerMarker, ownerPid, ownerToken } from './owner.ts';
import { findProcess, isRunning, pidRealm } from './process-identity.ts';

it('knows this process, and does not take another with its number for it', () => {
  const self = findProcess(process.pid);
  expect(self).toMatchObject({ pid: process.pid, parent: process.ppid });
  expect(isRunning({ pid: process.pid, start: self?.start ?? '' })).toBe(true);
  expect(isRunning({ pid: process.pid, start: '1' })).toBe(false);
});

it('takes neither an ended process nor a zombie for a living one', async () => {
  // The shell starts a process that ends at once, and becomes one that never asks for its status: a zombie.
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [data] = (await once(parent.stdout, 'data')) as [Buffer];
  const zombie = Number(data.toString());
  await expect.poll(() => findProcess(zombie)).toBeNull();
  const identity = findProcess(parent.pid ?? 0);
  expect(identity).not.toBeNull();
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  expect(findProcess(parent.pid ?? 0)).toBeNull();
});

it('tells owners apart by pid, start time and realm', () => {
  const token = ownerToken();
  const [pid, start] = token.split('-');
  expect(ownerMarker()).toEqual({ ASSAY_OWNER: token });
  expect(ownerPid(token)).toBe(process.pid);
  expect(isOwnerAlive(token)).toBe(true);
  expect(isOwnerAlive(`${pid}-${Number(start) + 1}-${pidRealm()}`)).toBe(false);
  expect(isOwnerAlive(`${pid}-${start}-00000000`)).toBe(process.platform !== 'linux');
  expect(isOwnerAlive('nonsense')).toBe(false);
});
