import { describe, expect, it } from 'vitest';
import { LogRing } from './log-ring.ts';

describe('LogRing', () => {
  it('keeps the newest lines', () => {
    const ring = new LogRing(3, 1_000);
    for (let line = 1; line <= 10; line += 1) ring.add(String(line));
    expect(ring.lines()).toEqual(['8', '9', '10']);
    expect(ring.last(2)).toEqual(['9', '10']);
    expect(ring.last(99)).toEqual(['8', '9', '10']);
  });

  it('keeps no more than so many characters', () => {
    const ring = new LogRing(100, 25);
    for (let line = 0; line < 10; line += 1) ring.add('0123456789');
    expect(ring.lines()).toHaveLength(2);
  });
});
