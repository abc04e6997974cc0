import { describe, expect, it } from 'vitest';
import { pickUid } from './unprivileged-user.ts';

describe('pickUid', () => {
  it('stays above the numbers that systems and containers hand out', () => {
    expect(pickUid(12_345, '         0          0 4294967295\n')).toBe(1_900_012_345);
  });

  it('stays within what a container may use', () => {
    for (const wish of [0, 1, 70_000, 4_000_000]) {
      const uid = pickUid(wish, '0 100000 65536\n');
      expect(uid).toBeGreaterThan(1_000);
      expect(uid).toBeLessThan(65_534);
    }
  });

  it('never is root', () => {
    for (const map of ['', '0 1000 1', '0 0 2']) expect(pickUid(5, map)).toBeGreaterThan(0);
  });
});
