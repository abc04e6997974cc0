import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutOfBudget } from './budget.ts';
import { SeenTable } from './seen-table.ts';

describe('SeenTable', () => {
  it('remembers what a plain list would', () => {
    const entry = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(7));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const table = new SeenTable(2, 1, 1e6);
        const list: (readonly [number, number, number])[] = [];
        for (const [a, b, used] of entries) {
          const dominated = list.some(([x, y, less]) => x === a && y === b && (less & ~used) === 0);
          expect(table.add(Int32Array.of(a, b, used))).toBe(!dominated);
          list.push([a, b, used]);
        }
      }),
    );
  });

  it('grows, and ends at its limit', () => {
    const table = new SeenTable(1, 0, 4e6);
    for (let i = 0; i < 100_000; i++) expect(table.add(Int32Array.of(i))).toBe(true);
    expect(table.add(Int32Array.of(77_777))).toBe(false);
    expect(() => {
      for (let i = 0; i < 1e7; i++) table.add(Int32Array.of(i));
    }).toThrow(OutOfBudget);
  });
});
