import { describe, expect, it } from 'vitest';
import type { Value } from '../value.ts';
import { anomalyName } from './anomaly.ts';
import { checkSerializable } from './check.ts';
import type { MicroOperation, Transaction } from './transaction.ts';

const a = (key: string, value: Value): MicroOperation => ({ f: 'append', key, value });
const r = (key: string, value: Value): MicroOperation => ({ f: 'read', key, value });

function together(...transactions: readonly (readonly MicroOperation[])[]): Transaction[] {
  return transactions.map((operations, process) => ({ process, operations, outcome: 'ok', call: 0, return: 1 }));
}

function names(history: readonly Transaction[]): string[] {
  return [...new Set(checkSerializable(history, { kind: 'list-append' }).anomalies.map(anomalyName))].sort();
}

describe('a key with an element that was appended twice', () => {
  const twice = [[a('x', 1)], [a('x', 1)]] as const;

  it('still shows what nobody appended', () => {
    const verdict = checkSerializable(together(...twice, [r('x', [7, 8])]), { kind: 'list-append' });
    expect(verdict.status).toBe('violated');
    expect(verdict.anomalies.map(({ type }) => type)).toEqual(['garbage-read', 'garbage-read']);
  });

  it('may be seen as often as it was appended, and no more', () => {
    expect(names(together(...twice, [r('x', [1, 1])]))).toEqual([]);
    expect(names(together(...twice, [r('x', [1, 1, 1])]))).toEqual(['duplicate-elements']);
  });

  it('still shows aborted reads and orders that exclude each other', () => {
    const failed: Transaction = { process: 9, operations: [a('x', 5)], outcome: 'failed', call: 0, return: 1 };
    expect(names([...together(...twice, [r('x', [1, 5])]), failed])).toEqual(['G1a']);
    expect(names(together(...twice, [a('x', 2)], [r('x', [1, 2])], [r('x', [2])]))).toEqual(['incompatible-order']);
  });

  it('says nothing of an element that may be the aborted one or the other', () => {
    const failed: Transaction = { process: 9, operations: [a('x', 1)], outcome: 'failed', call: 0, return: 1 };
    expect(names([...together([a('x', 1)], [r('x', [1])]), failed])).toEqual([]);
  });

  it('still orders the elements around it', () => {
    // 2, then one of the 1s, then 3: whoever appended 2 comes before whoever appended 3, and saw 3 all the same.
    expect(names(together(...twice, [a('x', 2), r('y', [1])], [a('x', 3), a('y', 1)], [r('x', [2, 1, 3])]))).toEqual([
      'G1c',
    ]);
    expect(names(together(...twice, [a('x', 2), a('y', 1)], [r('x', [2, 1]), r('y', [])]))).toEqual(['G-single']);
  });
});
