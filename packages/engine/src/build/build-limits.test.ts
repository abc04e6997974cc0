import { describe, expect, it } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { defaultBuildLimits, type BuildLimits } from './build-limits.ts';
import { failureOf } from './failures.ts';
import { runCommand } from './run-command.ts';

async function held(command: string, limits: Partial<BuildLimits>) {
  const cwd = testFolder();
  const result = await runCommand(command, {
    cwd,
    environment: { PATH: process.env['PATH'] ?? '' },
    signal: new AbortController().signal,
    timeoutMs: 60_000,
    onOutput: () => {},
    limits: { ...defaultBuildLimits, ...limits },
  });
  return { cwd, result };
}

const mebibyte = 1024 * 1024;

describe('limits of a build', () => {
  it('stop what takes the memory of the machine, and say so', async () => {
    const hog = `exec ${process.execPath} -e 'const held = []; setInterval(() => held.push(Buffer.alloc(16 * 1024 * 1024, 1)), 20)'`;
    const { cwd, result } = await held(hog, { memoryBytes: 300 * mebibyte });
    expect(result.outcome).toBe('exceeded');
    expect(failureOf(cwd, [hog], result, 60_000, cwd).message).toMatch(
      /^The build took too much of the machine: .* was stopped when it used \d{3,} MiB of memory, and 300 MiB are the most\.$/s,
    );
  });

  it('count once what forks share', async () => {
    // 100 MiB, and six forks that look at them for as long as it takes to be looked at twice.
    const forks =
      'exec python3 -c \'import os, time; held = bytearray(b"1") * (100 << 20); [os.fork() or (time.sleep(1.5), os._exit(0)) for _ in range(6)]; [os.wait() for _ in range(6)]; print("done")\'';
    const { result } = await held(forks, { memoryBytes: 300 * mebibyte });
    expect(result).toMatchObject({ outcome: 'ok', log: ['done'] });
  });

  it('stop what runs processes without end, also those that leave its group', async () => {
    const { result } = await held('for i in 1 2 3 4 5 6 7 8; do setsid sleep 60 & done; wait', { processes: 6 });
    expect(result).toMatchObject({
      outcome: 'exceeded',
      ending: expect.stringMatching(/^it ran \d+ processes, and 6 are/),
    });
  });

  it('stop what leaves nothing on the disk', async () => {
    const { result } = await held('sleep 60', { freeBytes: Number.MAX_SAFE_INTEGER });
    expect(result).toMatchObject({ outcome: 'exceeded', ending: expect.stringContaining('were left on the disk') });
  });

  it('leave an ordinary command alone', async () => {
    const { result } = await held('sleep 1.2; echo done', {});
    expect(result).toMatchObject({ outcome: 'ok', log: ['done'] });
  });
});
