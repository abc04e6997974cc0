import { describe, expect, it } from 'vitest';
import { listProcessRows, parsePs, parseStat } from './process-rows.ts';

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
