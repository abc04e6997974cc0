import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { findInspectable, findMainProcess } from './main-process.ts';
import type { ProcessRow } from './process-rows.ts';

const row = (pid: number, parent: number, name: string): ProcessRow => ({
  pid,
  parent,
  name,
  group: 1,
  session: 1,
  zombie: false,
  startedAt: String(pid),
  ownCpuSeconds: 0,
  childrenCpuSeconds: 0,
  rssBytes: 0,
});

const never = (): boolean => false;
const noArguments = (): readonly string[] => [];

describe('findMainProcess', () => {
  it('goes through shells to what they wait for', () => {
    expect(
      findMainProcess(
        [row(2, 1, 'sh'), row(3, 2, 'bash'), row(4, 3, 'node'), row(5, 4, 'sh'), row(6, 5, 'node')],
        2,
        noArguments,
        never,
      ),
    ).toBe(4);
  });

  it('stays with a shell that runs several things, or nothing', () => {
    expect(findMainProcess([row(2, 1, 'sh'), row(3, 2, 'node'), row(4, 2, 'node')], 2, noArguments, never)).toBe(2);
    expect(findMainProcess([row(2, 1, 'sh')], 2, noArguments, never)).toBe(2);
  });

  it('stays with a shell that has a trap for SIGTERM, as a script that stops several processes has', async () => {
    for (const [script, traps] of [
      ["trap 'exit 0' TERM; echo ready; sleep 60 & wait", true],
      ['echo ready; sleep 60 & wait', false],
    ] as const) {
      const shell = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
      const pid = shell.pid ?? 0;
      try {
        await once(shell.stdout, 'data');
        const rows = [row(pid, 1, 'sh'), row(pid + 1, pid, 'php')];
        expect(findMainProcess(rows, pid, noArguments)).toBe(traps ? pid : pid + 1);
      } finally {
        process.kill(-pid, 'SIGKILL');
      }
    }
  });

  it('goes through npm and its like, but not through what passes signals on by itself', () => {
    const rows = [row(2, 1, 'sh'), row(3, 2, 'node'), row(4, 3, 'sh'), row(5, 4, 'node'), row(6, 5, 'node')];
    const through = (...args: string[]): number =>
      findMainProcess(rows, 2, (pid) => (pid === 3 ? args : ['node', 'server.js']), never);
    expect(through('npm start')).toBe(5);
    expect(through('/usr/bin/node', '/usr/lib/node_modules/npm/bin/npm-cli.js', 'start')).toBe(5);
    expect(through('node', '/usr/share/yarn.js')).toBe(5);
    expect(through('node', '/app/node_modules/.bin/nodemon', 'server.js')).toBe(3);
    expect(through('node', '/app/npm-server.js')).toBe(3);
  });
});

describe('findInspectable', () => {
  const find = (
    rows: readonly ProcessRow[],
    others: Readonly<Record<number, string>> = {},
    deaf: readonly number[] = [],
  ) =>
    findInspectable(
      rows,
      2,
      (pid) => [others[pid] ?? '/usr/bin/node', 'server.js'],
      (pid) => !deaf.includes(pid),
    );

  it('is the main process, or the one Node.js that it has started', () => {
    expect(find([row(2, 1, 'node')])).toBe(2);
    expect(find([row(2, 1, 'node'), row(3, 2, 'node'), row(4, 3, 'sh')], { 4: 'sh' })).toBe(3);
    expect(find([row(2, 1, 'node'), row(3, 2, 'esbuild')], { 3: 'esbuild' })).toBe(2);
  });

  it('is nobody in a cluster, of another runtime, or where the signal would be the end', () => {
    expect(find([row(2, 1, 'node'), row(3, 2, 'node'), row(4, 2, 'node')])).toBeNull();
    expect(find([row(2, 1, 'bun')], { 2: 'bun' })).toBeNull();
    expect(find([row(2, 1, 'node')], {}, [2])).toBeNull();
  });
});
