import { describe, expect, it } from 'vitest';
import { findMainProcess } from './main-process.ts';
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

describe('findMainProcess', () => {
  it('goes through shells to what they wait for', () => {
    expect(
      findMainProcess([row(2, 1, 'sh'), row(3, 2, 'bash'), row(4, 3, 'node'), row(5, 4, 'sh'), row(6, 5, 'node')], 2),
    ).toBe(4);
  });

  it('stays with a shell that runs several things, or nothing', () => {
    expect(findMainProcess([row(2, 1, 'sh'), row(3, 2, 'node'), row(4, 2, 'node')], 2)).toBe(2);
    expect(findMainProcess([row(2, 1, 'sh')], 2)).toBe(2);
  });

  it('stays with what passes signals on by itself', () => {
    expect(findMainProcess([row(2, 1, 'npm start'), row(3, 2, 'sh'), row(4, 3, 'node')], 2)).toBe(2);
  });
});
