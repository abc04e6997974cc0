import { describe, expect, it } from 'vitest';
import { checkSerializable } from './check.ts';
import { analyseListAppend } from './list-append.ts';
import { analyseRwRegister } from './rw-register.ts';
import type { MicroOperation, Transaction, TransactionKind } from './transaction.ts';

const many = 2500;
const limits = { tick: () => undefined, memoryBytes: Number.POSITIVE_INFINITY };

function together(...transactions: readonly (readonly MicroOperation[])[]): Transaction[] {
  return transactions.map((operations, process) => ({ process, operations, outcome: 'ok', call: 0, return: 1 }));
}

/** So many writes that nobody saw, and as many reads of nothing. */
function blind(kind: TransactionKind): Transaction[] {
  const f = kind === 'list-append' ? 'append' : 'write';
  return together(
    ...Array.from({ length: many }, (_, value) => [{ f, key: 'x', value } as const]),
    ...Array.from({ length: many }, () => [{ f: 'read', key: 'x', value: null } as const]),
  );
}

/** The clock goes on by so much with each look at it. */
function clock(step: number): () => number {
  let now = 0;
  return () => (now += step);
}

describe('the limits of a check of transactions', () => {
  it('takes edges as there are transactions, not as there are pairs', () => {
    const read = analyseListAppend(blind('list-append'), limits).graph;
    const registers = analyseRwRegister(blind('rw-register'), limits).graph;
    for (const graph of [read, registers]) {
      const edges = Array.from({ length: graph.size }, (_, node) => graph.from(node).length);
      expect(edges.reduce((sum, each) => sum + each, 0)).toBe(2 * many);
    }
  });

  it('finds through a junction what it found pair by pair, and tells it the same', () => {
    const unseen = Array.from({ length: 5 }, (_, value): MicroOperation[] => [{ f: 'append', key: 'x', value }]);
    const reads = Array.from({ length: 3 }, (): MicroOperation[] => [{ f: 'read', key: 'x', value: [] }]);
    const [first = [], ...others] = unseen;
    const history = together([...first, { f: 'append', key: 'y', value: 1 }], ...others, ...reads, [
      { f: 'read', key: 'x', value: [] },
      { f: 'read', key: 'y', value: [1] },
    ]);
    const { anomalies } = checkSerializable(history, { kind: 'list-append' });
    expect(anomalies.map(({ explanation }) => explanation)).toEqual([
      'G-single, a cycle with one anti-dependency (read skew). T0 comes before T8 (wr): T8 read 1 in y, which T0 had appended. T8 comes before T0 (rw): T8 read [] of x, without 0, which T0 appended. So T0 comes before itself.',
    ]);
    expect(anomalies[0]?.transactions).toEqual([history[0], history[8]]);
  });

  it('never makes one that read and appended come before itself', () => {
    const history = together(
      [{ f: 'append', key: 'x', value: 1 }],
      [
        { f: 'read', key: 'x', value: [] },
        { f: 'append', key: 'x', value: 2 },
      ],
      [{ f: 'read', key: 'x', value: [] }],
    );
    expect(checkSerializable(history, { kind: 'list-append' })).toMatchObject({ status: 'ok', anomalies: [] });
  });

  it('looks at the clock while it reads the dependencies off', () => {
    const verdict = checkSerializable(blind('list-append'), { kind: 'list-append', timeoutMs: 1000, now: clock(1) });
    expect(verdict).toMatchObject({
      status: 'undecided',
      explanation: 'The time was up before the history could be decided',
    });
  });

  it('ends when the memory allowed is used up', () => {
    const verdict = checkSerializable(blind('list-append'), { kind: 'list-append', memoryBytes: 100_000 });
    expect(verdict).toMatchObject({
      status: 'undecided',
      explanation: 'The memory allowed was used up before the history could be decided',
    });
  });

  it('keeps what was certain when the time was up', () => {
    const history = together([{ f: 'read', key: 'x', value: [7] }], [{ f: 'append', key: 'x', value: 1 }]);
    let looks = 0;
    const look = (most: number) => checkSerializable(history, { kind: 'list-append', deadline: () => ++looks > most });
    look(Number.POSITIVE_INFINITY);
    const all = looks;
    looks = 0;
    const verdict = look(all - 1);
    expect(verdict).toMatchObject({ status: 'violated', anomalies: [{ type: 'garbage-read' }] });
    expect(verdict.levels['strict-serializable']).toBe('violated');
  });

  it('gives the search for an order what is left of the time, not all of it again', () => {
    // Which of the two values came first is open, so that only the search can tell.
    const history = together(
      ...Array.from({ length: 40 }, (_, i): MicroOperation[] => [{ f: 'write', key: `k${i % 5}`, value: i }]),
      ...Array.from({ length: 40 }, (_, i): MicroOperation[] => [
        { f: 'read', key: `k${i % 5}`, value: i },
        { f: 'read', key: `k${(i + 1) % 5}`, value: (i + 1) % 40 },
      ]),
    );
    let looks = 0;
    const now = (): number => {
      looks++;
      return looks;
    };
    checkSerializable(history, { kind: 'rw-register', timeoutMs: 500, now });
    expect(looks).toBeLessThan(600);
  });
});
