import { describe, expect, it } from 'vitest';
import type { Value } from '../value.ts';
import { checkSerializable } from './check.ts';
import type { MicroOperation, Transaction } from './transaction.ts';

const w = (key: string, value: Value): MicroOperation => ({ f: 'write', key, value });
const r = (key: string, value: Value): MicroOperation => ({ f: 'read', key, value });

/** What a correct store answers, each transaction at some moment between its call and its return. */
function storeHistory(count: number, clients: number): Transaction[] {
  let seed = 1;
  const below = (n: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  const free = Array.from({ length: clients }, () => 0);
  const plans = Array.from({ length: count }, (_, i) => {
    const process = i % clients;
    const call = (free[process] ?? 0) + 1 + below(5);
    const end = call + 1 + below(20);
    free[process] = end;
    return { process, call, return: end, at: call + below(end - call), i };
  });
  const state = new Map<string, Value>();
  return plans
    .toSorted((a, b) => a.at - b.at)
    .map(({ at: _at, i, ...plan }): Transaction & { readonly i: number } => {
      const operations = Array.from({ length: 1 + below(4) }, (_, j): MicroOperation => {
        const key = ['x', 'y', 'z'][below(3)] ?? '';
        if (below(2) === 0) return r(key, state.get(key) ?? null);
        state.set(key, 10 * i + j);
        return w(key, 10 * i + j);
      });
      return { ...plan, operations, outcome: 'ok', i };
    })
    .sort((a, b) => a.i - b.i);
}

/** So many looks at the clock, and the time is up. */
function looks(count: number): () => boolean {
  let left = count;
  return () => left-- <= 0;
}

describe('the order of transactions on registers', () => {
  it('is found by real time, and settles every level', () => {
    const history = storeHistory(200, 5);
    const verdict = checkSerializable(history, { kind: 'rw-register', deadline: looks(100_000) });
    expect(new Set(Object.values(verdict.levels))).toEqual(new Set(['ok']));
  });

  it('is looked for beside real time where that allows none', () => {
    const late = { process: null, outcome: 'ok', call: 10, return: 11 } as const;
    const history: Transaction[] = [
      { process: null, operations: [w('x', 1)], outcome: 'ok', call: 0, return: 1 },
      { process: null, operations: [w('x', 2)], outcome: 'ok', call: 2, return: 3 },
      { ...late, operations: [r('x', 1)] },
    ];
    const { levels } = checkSerializable(history, { kind: 'rw-register' });
    expect([levels.serializable, levels['strict-serializable']]).toEqual(['ok', 'violated']);
  });

  it('is looked for beside real time where that has taken half of the time', () => {
    // In real time x = 2 and y = 1 come from two of many that wrote both at once, so that each order of those has to be tried.
    const at = (call: number, ...operations: MicroOperation[]): Transaction => {
      return { process: null, operations, outcome: 'ok', call, return: call + 1 };
    };
    const crowd = Array.from({ length: 30 }, (_, i) => at(0, w('x', 2 + i), w('y', 2 + i), w(`z${i}`, i)));
    const history = [at(0, w('x', 1), w('y', 1)), at(4, w('x', 2)), at(2, r('x', 2), r('y', 1)), ...crowd];
    let time = 0;
    const { levels } = checkSerializable(history, { kind: 'rw-register', timeoutMs: 5000, now: () => time++ });
    expect([levels.serializable, levels['strict-serializable']]).toEqual(['ok', 'undecided']);
  });
});
