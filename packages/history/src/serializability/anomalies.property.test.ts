import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Phenomena, worldsOf } from '../testing/adya.ts';
import { checkSerializable } from './check.ts';
import type { IsolationLevel } from './isolation.ts';
import type { MicroOperation, Transaction, TransactionKind } from './transaction.ts';

const runs = Number(process.env['HISTORY_RUNS'] ?? 400);

/** Transactions of unique values that read what anybody wrote: each key read before it is written to, by some twice and otherwise. */
function histories(kind: TransactionKind): fc.Arbitrary<Transaction[]> {
  const use = fc.record({
    key: fc.constantFrom('x', 'y'),
    reads: fc.boolean(),
    writes: fc.nat(kind === 'list-append' ? 2 : 1),
    picks: fc.shuffledSubarray([0, 1, 2, 3, 4, 5]),
    again: fc.option(fc.shuffledSubarray([0, 1, 2, 3]), { freq: 4 }),
  });
  const plan = fc.record({
    uses: fc.uniqueArray(use, { selector: ({ key }) => key, minLength: 1, maxLength: 2 }),
    outcome: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'unknown', 'failed'),
  });
  return fc.array(plan, { minLength: 1, maxLength: 4 }).map((plans) => {
    const value = (transaction: number, n: number): number => 10 * transaction + n;
    const written = (key: string): number[] =>
      plans.flatMap(({ uses }, index) =>
        uses.flatMap((each) =>
          each.key === key ? Array.from({ length: each.writes }, (_, n) => value(index, n)) : [],
        ),
      );
    return plans.map(({ uses, outcome }, index): Transaction => {
      const operations = uses.flatMap(({ key, reads, writes, picks, again }): MicroOperation[] => {
        const mine = Array.from({ length: writes }, (_, n) => value(index, n));
        const others = written(key).filter((each) => !mine.includes(each));
        const read = (from: readonly number[]): MicroOperation => {
          const seen = from.flatMap((pick) => others[pick] ?? []);
          return { f: 'read', key, value: kind === 'list-append' ? seen : (seen[0] ?? null) };
        };
        return [
          ...(reads ? [read(picks)] : []),
          ...(reads && again !== null ? [read(again)] : []),
          ...mine.map((each): MicroOperation => ({ f: kind === 'list-append' ? 'append' : 'write', key, value: each })),
        ];
      });
      return { process: index, operations, outcome, call: 0, return: 1 };
    });
  });
}

/** The worst first: whoever rules one out rules out those before it. */
const cycles = ['G0', 'G1c', 'G-single', 'G-nonadjacent', 'G2-item'] as const;

/** What each level rules out, in one world. */
const broken: Readonly<Partial<Record<IsolationLevel, (world: Phenomena) => boolean>>> = {
  'read-uncommitted': (world) => world.G0,
  'read-committed': (world) => world.G0 || world.G1c,
  'snapshot-isolation': (world) => world.G0 || world.G1c || world['G-nonadjacent'] || world['G-single'],
  'repeatable-read': (world) => world.G0 || world.G1c || world['G2-item'],
};

/** Dirty reads are of single reads, whatever the order of versions. */
function dirtyReads(history: readonly Transaction[]): Set<string> {
  const found = new Set<string>();
  for (const [reader, { operations, outcome }] of history.entries()) {
    if (outcome !== 'ok') continue;
    for (const operation of operations) {
      if (operation.f !== 'read' || operation.value === undefined || operation.value === null) continue;
      const seen = Array.isArray(operation.value) ? operation.value : [operation.value];
      for (const [writer, other] of history.entries()) {
        const written = other.operations.flatMap((each) =>
          each.f !== 'read' && each.key === operation.key ? [each.value] : [],
        );
        if (other.outcome === 'failed' && seen.some((each) => written.includes(each))) found.add('G1a');
        const last = seen.at(-1);
        if (writer !== reader && other.outcome !== 'failed' && written.slice(0, -1).some((each) => each === last))
          found.add('G1b');
      }
    }
  }
  return found;
}

for (const kind of ['list-append', 'rw-register'] as const) {
  describe(kind, () => {
    it('names a cycle only when every way in which the history may have happened has one of its kind', () => {
      fc.assert(
        fc.property(histories(kind), (history) => {
          const worlds = worldsOf(history, kind === 'list-append');
          for (const { type, uses } of checkSerializable(history, { kind }).anomalies) {
            if (uses !== null) continue;
            if (type === 'G1a' || type === 'G1b') expect([...dirtyReads(history)]).toContain(type);
            if (type === 'incompatible-order') expect(worlds).toEqual([]);
            const strength = cycles.findIndex((each) => each === type);
            // Where the order of versions is open, a cycle may be of a worse kind.
            if (strength >= 0)
              expect(worlds.every((world) => cycles.slice(0, strength + 1).some((each) => world[each]))).toBe(true);
          }
        }),
        { numRuns: runs },
      );
    });

    it('passes a level only when some way in which the history may have happened keeps it', () => {
      fc.assert(
        fc.property(histories(kind), (history) => {
          const worlds = worldsOf(history, kind === 'list-append');
          const { levels } = checkSerializable(history, { kind });
          if (levels['read-committed'] === 'ok') expect([...dirtyReads(history)]).toEqual([]);
          for (const [level, breaks] of Object.entries(broken) as [IsolationLevel, (world: Phenomena) => boolean][])
            if (levels[level] === 'ok' && worlds.length > 0)
              expect({ level, kept: worlds.some((world) => !breaks(world)) }).toEqual({ level, kept: true });
        }),
        { numRuns: runs },
      );
    });
  });
}

describe('list-append', () => {
  it('decides every level when the reads leave no choice', () => {
    fc.assert(
      fc.property(histories('list-append'), (history) => {
        const [world, ...others] = worldsOf(history, true);
        if (world === undefined || others.length > 0) return;
        const { levels } = checkSerializable(history, { kind: 'list-append' });
        for (const [level, breaks] of Object.entries(broken) as [IsolationLevel, (world: Phenomena) => boolean][]) {
          // Who was read dirty may have been rolled back, in a world of that level alone.
          if (level === 'read-uncommitted' && history.some(({ outcome }) => outcome === 'unknown')) continue;
          const dirty = level !== 'read-uncommitted' && dirtyReads(history).size > 0;
          const status = dirty || breaks(world) ? 'violated' : 'ok';
          expect({ level, status: levels[level] }).toEqual({ level, status });
        }
      }),
      { numRuns: runs },
    );
  });
});
