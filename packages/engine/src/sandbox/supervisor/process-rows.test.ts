import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../../detect/toolchain.ts';
import { listProcessRows, ownBytes, parsePs, parseStat, proportionalBytes } from './process-rows.ts';

describe('parseStat', () => {
  it('reads a name with blanks and parentheses', () => {
    const stat =
      '12 (a (b) c) S 1 12 11 0 -1 4194304 1 2 3 4 150 50 30 20 20 0 7 0 987654 1000 10 18446744073709551615';
    expect(parseStat(12, stat)).toMatchObject({
      name: 'a (b) c',
      parent: 1,
      group: 12,
      session: 11,
      ownCpuSeconds: 2,
      childrenCpuSeconds: 0.5,
      startedAt: '987654',
      zombie: false,
    });
  });
});

describe('parsePs', () => {
  it('reads the columns of macOS', () => {
    const output = '  501   1   501      0 Ss     2048   1:02.50 Sun Nov 22 14:10:00 2026     /usr/local/bin/node\n';
    expect(parsePs(output)).toEqual([
      {
        pid: 501,
        parent: 1,
        group: 501,
        session: 0,
        zombie: false,
        rssBytes: 2_097_152,
        ownCpuSeconds: 62.5,
        childrenCpuSeconds: 0,
        startedAt: 'Sun Nov 22 14:10:00 2026',
        name: 'node',
      },
    ]);
  });
});

describe('listProcessRows', () => {
  it('finds this process, with the memory that it has', () => {
    const self = listProcessRows().find(({ pid }) => pid === process.pid);
    expect(self?.parent).toBe(process.ppid);
    expect(Math.abs((self?.rssBytes ?? 0) - process.memoryUsage.rss())).toBeLessThan(50_000_000);
  });
});

const withoutPython =
  process.platform !== 'linux' || (findProgram('python3') === null && process.env['ASSAY_REQUIRE'] !== 'all');

describe.skipIf(withoutPython)('ownBytes', () => {
  it('counts shared memory, which two processes together count once', async () => {
    const mebibyte = 1 << 20;
    const shared = [
      'import mmap, os, time',
      'memory = mmap.mmap(-1, 64 << 20)',
      'child = os.fork() == 0',
      'memory.write(b"x" * (64 << 20)) if not child else memory.read()',
      'print(os.getpid(), flush=True)',
      'time.sleep(1000)',
    ];
    const python = spawn('python3', ['-c', shared.join('\n')], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void process.kill(-(python.pid ?? 0), 'SIGKILL'));
    let printed = '';
    while (printed.split('\n').length < 3) printed += String((await once(python.stdout, 'data'))[0]);
    const rows = listProcessRows().filter(({ group }) => group === python.pid);
    const sum = (bytes: typeof ownBytes): number => rows.reduce((total, row) => total + bytes(row), 0);
    expect(rows).toHaveLength(2);
    expect(sum(ownBytes)).toBeGreaterThan(128 * mebibyte);
    expect(sum(proportionalBytes)).toBeGreaterThan(64 * mebibyte);
    expect(sum(proportionalBytes)).toBeLessThan(110 * mebibyte);
  });
});
