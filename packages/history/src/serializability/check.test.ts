import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../value.ts';
import { anomalyName } from './anomaly.ts';
import { checkSerializable } from './check.ts';
import { forbids, isolationLevels } from './isolation.ts';
import { explains } from './serial-order.ts';
import { isSessionOrderInTime } from './time-order.ts';
import type { MicroOperation, Transaction, TransactionKind } from './transaction.ts';

const a = (key: string, value: Value): MicroOperation => ({ f: 'append', key, value });
const w = (key: string, value: Value): MicroOperation => ({ f: 'write', key, value });
const r = (key: string, value: Value): MicroOperation => ({ f: 'read', key, value });

function t(...operations: MicroOperation[]): Transaction {
  return { process: 0, operations, outcome: 'ok' };
}

/** Concurrent unless said otherwise, each by a client of its own. */
function together(...transactions: Transaction[]): Transaction[] {
  return transactions.map((transaction, i) => ({ call: 0, return: 1, ...transaction, process: i }));
}

function names(kind: TransactionKind, transactions: readonly Transaction[]): string[] {
  return [...new Set(checkSerializable(transactions, { kind }).anomalies.map(anomalyName))].sort();
}

describe('list-append', () => {
  it('finds nothing in a serial history and shows the order', () => {
    const history = together(t(a('x', 1)), t(r('x', [1]), a('x', 2)), t(r('x', [1, 2]), r('y', null)));
    const verdict = checkSerializable(history, { kind: 'list-append' });
    expect(verdict.status).toBe('ok');
    expect(verdict.order).toEqual(history);
    expect(new Set(Object.values(verdict.levels))).toEqual(new Set(['ok']));
  });

  it('G0: writes in opposite orders', () => {
    const history = together(t(a('x', 1), a('y', 1)), t(a('x', 2), a('y', 2)), t(r('x', [1, 2])), t(r('y', [2, 1])));
    expect(names('list-append', history)).toContain('G0');
    const { levels, anomalies } = checkSerializable(history, { kind: 'list-append' });
    expect(levels['read-uncommitted']).toBe('violated');
    expect(anomalies.find((anomaly) => anomaly.type === 'G0')?.explanation).toBe(
      'G0, a cycle of writes: transactions wrote the same things in opposite orders. T0 comes before T1 (ww): T0 appended 1 to x, and T1 appended 2 after it. T1 comes before T0 (ww): T1 appended 2 to y, and T0 appended 1 after it. So T0 comes before itself.',
    );
  });

  it('G0 is doubtful where dirty reads are allowed and nobody knows whether one took effect', () => {
    // What T0 wrote was read while it ran, and then rolled back.
    const lost: Transaction = { ...t(a('y', 2), a('x', 3)), outcome: 'unknown' };
    const history = together(lost, t(a('x', 4), r('y', [2]), a('y', 5)), t(r('x', [4])));
    const verdict = checkSerializable(history, { kind: 'list-append', level: 'read-uncommitted' });
    expect([verdict.status, verdict.levels['read-committed']]).toEqual(['undecided', 'violated']);
    expect(verdict.explanation).toMatch(/^Nobody knows whether all of these transactions took effect.*: G0, /);
  });

  it('G1a: a read of what was aborted', () => {
    const history = together({ ...t(a('x', 1)), outcome: 'failed' }, t(r('x', [1])));
    expect(names('list-append', history)).toEqual(['G1a']);
  });

  it('G1b: a read in the middle', () => {
    expect(names('list-append', together(t(a('x', 1), a('x', 2)), t(r('x', [1])), t(r('x', [1, 2]))))).toContain('G1b');
    expect(names('list-append', together(t(a('x', 1), r('x', [1]), a('x', 2))))).toEqual([]);
  });

  it('G1c: transactions that saw each other', () => {
    expect(names('list-append', together(t(a('x', 1), r('y', [1])), t(a('y', 1), r('x', [1]))))).toEqual(['G1c']);
  });

  it('G-single: one of two writes seen', () => {
    const history = together(t(a('x', 1), a('y', 1)), t(r('x', [1]), r('y', [])));
    expect(names('list-append', history)).toEqual(['G-single']);
    const { levels } = checkSerializable(history, { kind: 'list-append' });
    expect(levels['read-committed']).toBe('ok');
    expect(levels['snapshot-isolation']).toBe('violated');
  });

  it('G2-item: write skew, which snapshot isolation allows', () => {
    const history = together(t(r('x', []), a('y', 1)), t(r('y', []), a('x', 1)));
    expect(names('list-append', history)).toEqual(['G2-item']);
    const { levels } = checkSerializable(history, { kind: 'list-append' });
    expect(levels['snapshot-isolation']).toBe('ok');
    expect(levels.serializable).toBe('violated');
  });

  it('G-nonadjacent: two anti-dependencies apart', () => {
    const history = together(
      t(r('y', []), r('q', [1])),
      t(a('y', 1), a('z', 1)),
      t(r('z', [1]), r('p', [])),
      t(a('p', 1), a('q', 1)),
    );
    expect(names('list-append', history)).toContain('G-nonadjacent');
  });

  it('names a cycle once: by whether its anti-dependencies follow one another', () => {
    const fork = [t(a('x', 1)), t(r('x', [1]), r('y', [])), t(a('y', 1)), t(r('y', [1]), r('x', []))];
    expect(names('list-append', together(...fork))).toEqual(['G-nonadjacent']);
    const skew = [t(r('p', []), a('q', 1)), t(r('q', []), a('p', 1))];
    expect(names('list-append', together(...fork, ...skew))).toEqual(['G-nonadjacent', 'G2-item']);
  });

  it('lost-update: two that read the same and both wrote', () => {
    expect(
      names('list-append', together(t(r('x', []), a('x', 1)), t(r('x', []), a('x', 2)), t(r('x', [1, 2])))),
    ).toContain('lost-update');
  });

  it('internal: a transaction at odds with itself', () => {
    expect(names('list-append', together(t(a('x', 1), r('x', []))))).toContain('internal');
    expect(names('list-append', together(t(a('x', 1)), t(r('x', []), r('x', [1]))))).toContain('internal');
  });

  it('incompatible-order, duplicate-elements, garbage-read', () => {
    const writes = [t(a('x', 1)), t(a('x', 2))];
    expect(names('list-append', together(...writes, t(r('x', [1, 2])), t(r('x', [2, 1]))))).toContain(
      'incompatible-order',
    );
    expect(names('list-append', together(t(a('x', 1), a('x', 2)), t(a('x', 3)), t(r('x', [2, 1, 3]))))).toEqual([
      'incompatible-order',
    ]);
    expect(names('list-append', together(...writes, t(r('x', [1, 1]))))).toContain('duplicate-elements');
    expect(names('list-append', together(...writes, t(r('x', [3]))))).toContain('garbage-read');
  });

  it('tells an order that is backward once of each transaction', () => {
    const appended = Array.from({ length: 50 }, (_, i) => i);
    const read = r('x', appended.toReversed());
    const { anomalies } = checkSerializable(together(t(...appended.map((i) => a('x', i))), t(read)), {
      kind: 'list-append',
    });
    expect(anomalies.filter(({ type }) => type === 'incompatible-order')).toHaveLength(1);
  });

  it('a cycle of writes that are known to have happened is found beside one that may not have, in any order', () => {
    const doubtful: Transaction = { ...t(a('x', 1), a('y', 1)), outcome: 'unknown' };
    const between = t(a('x', 2), a('y', 2), a('p', 1), a('q', 1));
    const known = t(a('p', 2), a('q', 2));
    const read = { ...t(r('x', [1, 2]), r('y', [2, 1]), r('p', [1, 2]), r('q', [2, 1])), call: 2, return: 3 };
    const orders = [
      [doubtful, between, known],
      [known, doubtful, between],
      [known, between, doubtful],
    ];
    for (const order of orders) {
      const history = together(...order, read);
      expect(checkSerializable(history, { kind: 'list-append', level: 'read-uncommitted' }).status).toBe('violated');
    }
  });

  it('a stale read breaks strict serializability only, with the order of time in the cycle', () => {
    const history = [
      { ...t(a('x', 1)), process: 0, call: 0, return: 1 },
      { ...t(r('x', [])), process: 1, call: 2, return: 3 },
    ];
    expect(checkSerializable(history, { kind: 'list-append' }).status).toBe('ok');
    const strict = checkSerializable(history, { kind: 'list-append', level: 'strict-serializable' });
    expect(strict.status).toBe('violated');
    expect(strict.anomalies.map(anomalyName)).toEqual(['G-single-realtime']);
    expect(strict.explanation).toContain('had ended (at 1) before T1 began (at 2)');
    const backward = history.map((transaction, i) => (i === 0 ? { ...transaction, call: 9, line: 4 } : transaction));
    expect(() => checkSerializable(backward, { kind: 'list-append' })).toThrow(
      'line 4: expected T0 to return after its call at 9, found 1',
    );
    const touching = history.map((transaction, i) => (i === 1 ? { ...transaction, call: 1 } : transaction));
    expect(checkSerializable(touching, { kind: 'list-append', level: 'strict-serializable' }).status).toBe('ok');
  });

  it('the same client going back in time breaks the session', () => {
    const history = together(t(a('x', 1)), t(r('x', [1])), t(r('x', []))).map((transaction, i) => ({
      ...transaction,
      process: i === 0 ? 0 : 1,
      call: i,
      return: i + 1,
    }));
    const { levels, anomalies } = checkSerializable(history, { kind: 'list-append' });
    expect(anomalies.map(anomalyName)).toEqual(['G-single-process']);
    expect([levels.serializable, levels['strong-session-serializable'], levels['strict-serializable']]).toEqual([
      'ok',
      'violated',
      'violated',
    ]);
  });

  it('knows no session of a client that has several under way at once', () => {
    const history = [
      { ...t(r('x', 1)), call: 0, return: 10 },
      { ...t(w('x', 1)), call: 1, return: 9 },
    ];
    expect(checkSerializable(history, { kind: 'rw-register' }).levels['strict-serializable']).toBe('ok');
  });

  it('says nothing of sessions that a search knew nothing of', () => {
    const history = [t(w('x', 1)), t(w('x', 2)), t(r('x', 2)), t(r('x', 1))].map((one, i) => ({
      ...one,
      process: i < 2 ? 0 : 1,
    }));
    const { levels } = checkSerializable(history, { kind: 'rw-register' });
    expect([levels.serializable, levels['strong-session-serializable'], levels['strict-serializable']]).toEqual([
      'ok',
      'undecided',
      'undecided',
    ]);
  });

  it('says what it cannot know when elements are not unique', () => {
    const verdict = checkSerializable(
      together(t(a('x', 1)), t(a('x', 1)), t(r('x', [1, 1]), a('y', 1)), t(r('y', [1]), r('x', []))),
      {
        kind: 'list-append',
      },
    );
    expect(verdict.status).toBe('undecided');
    expect(verdict.explanation).toContain('1 was appended to x more than once');
  });

  it('an unknown transaction happened when it was seen, and need not have otherwise', () => {
    const unknown: Transaction = { ...t(a('x', 1), a('y', 1)), outcome: 'unknown' };
    expect(checkSerializable(together(unknown, t(r('x', []), r('y', []))), { kind: 'list-append' }).status).toBe('ok');
    expect(names('list-append', together(unknown, t(r('x', [1]), r('y', [1]))))).toEqual([]);
    expect(names('list-append', together(unknown, t(r('x', [1]), r('y', []))))).toEqual(['G-single']);
    expect(names('list-append', together(unknown, t(r('x', [1])), t(r('y', [1])), t(r('x', [1]), r('y', []))))).toEqual(
      ['G-single'],
    );
  });

  it('gives up at the deadline', () => {
    expect(
      checkSerializable(together(t(a('x', 1), r('y', [1])), t(a('y', 1), r('x', [1]))), {
        kind: 'list-append',
        deadline: () => true,
      }).status,
    ).toBe('undecided');
  });
});

describe('rw-register', () => {
  it('finds nothing in a serial history', () => {
    expect(
      checkSerializable(together(t(w('x', 1)), t(r('x', 1), w('x', 2)), t(r('x', 2), r('y', null))), {
        kind: 'rw-register',
      }).status,
    ).toBe('ok');
  });

  it('names what list-append names', () => {
    expect(names('rw-register', together({ ...t(w('x', 1)), outcome: 'failed' }, t(r('x', 1))))).toEqual(['G1a']);
    expect(names('rw-register', together(t(w('x', 1), w('x', 2)), t(r('x', 1))))).toContain('G1b');
    expect(names('rw-register', together(t(w('x', 1), r('y', 1)), t(w('y', 1), r('x', 1))))).toEqual(['G1c']);
    expect(names('rw-register', together(t(w('x', 1), w('y', 1)), t(r('x', 1), r('y', null))))).toEqual(['G-single']);
    expect(names('rw-register', together(t(r('x', null), w('y', 1)), t(r('y', null), w('x', 1))))).toEqual(['G2-item']);
    expect(names('rw-register', together(t(w('x', 1)), t(r('x', 1), w('x', 2)), t(r('x', 1), w('x', 3))))).toContain(
      'lost-update',
    );
    expect(names('rw-register', together(t(w('x', 1), r('x', 2))))).toContain('internal');
    expect(names('rw-register', together(t(r('x', 9))))).toContain('garbage-read');
    expect(
      names('rw-register', together(t(r('x', 1), w('x', 2), r('y', 1), w('y', 2)), t(w('x', 1), w('y', 1)))),
    ).toEqual([]);
    expect(
      names(
        'rw-register',
        together(
          t(r('x', null), w('x', 1), w('y', 1)),
          t(r('x', 1), w('x', 2), w('y', 2)),
          t(r('y', 2), w('y', 3)),
          t(r('y', 3), w('z', 1)),
          t(r('z', 1), r('x', 1), w('x', 5)),
        ),
      ),
    ).toContain('lost-update');
  });

  it('finds by search what no certain dependency shows', () => {
    // Nobody knows which of 1 and 2 was written first; either way one of the two pairs of reads is impossible.
    const history = together(
      t(w('x', 1)),
      t(w('x', 2)),
      t(r('x', 1), w('a', 1)),
      t(r('x', 2), r('a', 1), w('b', 1)),
      t(r('x', 1), r('b', 1)),
    );
    const verdict = checkSerializable(history, { kind: 'rw-register' });
    expect(verdict.status).toBe('violated');
    expect(verdict.anomalies.map(anomalyName)).toEqual(['no-serial-order']);
  });

  it('decides histories whose values are not unique by search', () => {
    const same = [t(w('x', 1)), t(w('x', 1))];
    expect(checkSerializable(together(...same, t(r('x', 1))), { kind: 'rw-register' }).status).toBe('ok');
    expect(
      checkSerializable(together(...same, t(r('x', 1), w('y', 1)), t(r('x', null), r('y', 1))), { kind: 'rw-register' })
        .status,
    ).toBe('violated');
  });
});

describe('laws', () => {
  const key = fc.constantFrom('x', 'y');
  const outcome = fc.constantFrom('ok', 'ok', 'ok', 'unknown', 'failed');

  /** Unique values, reads of anything; small enough to try every order. */
  function histories(kind: TransactionKind): fc.Arbitrary<Transaction[]> {
    const plan = fc.record({ key, reads: fc.boolean(), pick: fc.nat(5) });
    return fc
      .array(
        fc.record({
          plans: fc.array(plan, { minLength: 1, maxLength: 3 }),
          outcome,
          process: fc.nat(2),
          call: fc.nat(8),
          length: fc.nat(4),
        }),
        { minLength: 1, maxLength: 5 },
      )
      .map((all) =>
        all.map(({ plans, call, length, ...rest }, i): Transaction => {
          const operations = plans.map((each, j): MicroOperation => {
            if (!each.reads) return kind === 'list-append' ? a(each.key, 10 * i + j) : w(each.key, 10 * i + j);
            const written = all.flatMap((other, k) =>
              other.plans.flatMap((what, l) => (!what.reads && what.key === each.key ? [10 * k + l] : [])),
            );
            return r(each.key, kind === 'list-append' ? written.slice(0, each.pick) : (written[each.pick] ?? null));
          });
          return { operations, ...rest, call, return: call + length };
        }),
      );
  }

  /** Whether some order of the acknowledged transactions and some of the unknown ones explains every read. */
  function serializable(history: readonly Transaction[], inRealTime: boolean): boolean {
    const live = history.flatMap((transaction, index) => (transaction.outcome === 'failed' ? [] : [index]));
    const before = (x: number, y: number): boolean =>
      inRealTime && history[x]?.outcome === 'ok' && (history[x]?.return ?? 0) < (history[y]?.call ?? 0);
    const go = (order: readonly number[], left: readonly number[]): boolean => {
      if (!explains(order, history)) return false;
      if (left.every((index) => history[index]?.outcome === 'unknown')) return true;
      return left.some(
        (index) =>
          !left.some((other) => before(other, index)) &&
          go(
            [...order, index],
            left.filter((other) => other !== index),
          ),
      );
    };
    return go([], live);
  }

  for (const kind of ['list-append', 'rw-register'] as const) {
    it(`${kind}: agrees with all orders`, () => {
      fc.assert(
        fc.property(histories(kind), (history) => {
          const { levels, anomalies } = checkSerializable(history, { kind });
          expect(levels.serializable).toBe(serializable(history, false) ? 'ok' : 'violated');
          // What was searched knows of no sessions that time does not tell.
          if (levels['strict-serializable'] === 'undecided') expect(isSessionOrderInTime(history)).toBe(false);
          else
            expect(levels['strict-serializable'] === 'ok').toBe(
              anomalies.every((anomaly) => !forbids('strict-serializable', anomaly)),
            );
          if (levels['strict-serializable'] === 'ok') expect(serializable(history, true)).toBe(true);
          if (
            anomalies.some(
              (anomaly) =>
                forbids('strict-serializable', anomaly) && anomaly.cycle.every((step) => step.dependency !== 'process'),
            )
          )
            expect(serializable(history, true)).toBe(false);
        }),
        { numRuns: Number(process.env['HISTORY_RUNS'] ?? 300) },
      );
    });

    it(`${kind}: a level that allows more is never broken alone`, () => {
      fc.assert(
        fc.property(histories(kind), (history) => {
          const { levels } = checkSerializable(history, { kind });
          const chain = isolationLevels.filter((level) => level !== 'repeatable-read').map((level) => levels[level]);
          for (const [i, status] of chain.entries())
            if (status === 'violated') expect(chain.slice(i)).toEqual(chain.slice(i).map(() => 'violated'));
        }),
        { numRuns: 300 },
      );
    });
  }
});
