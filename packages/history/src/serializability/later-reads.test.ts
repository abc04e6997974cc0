import { describe, expect, it } from 'vitest';
import type { Value } from '../value.ts';
import { checkSerializable, type SerializabilityVerdict } from './check.ts';
import type { MicroOperation, Transaction, TransactionKind } from './transaction.ts';

const a = (key: string, value: Value): MicroOperation => ({ f: 'append', key, value });
const w = (key: string, value: Value): MicroOperation => ({ f: 'write', key, value });
const r = (key: string, value: Value): MicroOperation => ({ f: 'read', key, value });

function t(...operations: MicroOperation[]): Transaction {
  return { process: null, operations, outcome: 'ok', call: 0, return: 1 };
}

function aborted(...operations: MicroOperation[]): Transaction {
  return { ...t(...operations), outcome: 'failed' };
}

function verdict(kind: TransactionKind, ...history: Transaction[]): SerializabilityVerdict {
  return checkSerializable(history, { kind });
}

function types(kind: TransactionKind, ...history: Transaction[]): string[] {
  return verdict(kind, ...history).anomalies.map(({ type }) => type);
}

describe('a read that differs from the first of its transaction', () => {
  it('may be dirty all the same', () => {
    const lists = [aborted(a('x', 1)), t(r('x', []), r('x', [1]))];
    expect(types('list-append', ...lists)).toEqual(['internal', 'G1a']);
    expect(verdict('list-append', ...lists).levels['read-committed']).toBe('violated');
    const registers = [aborted(w('x', 1)), t(r('x', null), r('x', 1))];
    expect(types('rw-register', ...registers)).toEqual(['internal', 'G1a']);
    expect(verdict('rw-register', ...registers).levels['read-committed']).toBe('violated');
    expect(types('list-append', t(a('x', 1), a('x', 2)), t(r('x', []), r('x', [1])))).toContain('G1b');
    expect(types('rw-register', t(w('x', 1), w('x', 2)), t(r('x', null), r('x', 1)))).toContain('G1b');
  });

  it('may show what nobody wrote', () => {
    const { levels, anomalies } = verdict('list-append', t(r('x', []), r('x', [99]), r('x', [99])));
    expect(anomalies.map(({ type }) => type)).toEqual(['internal', 'garbage-read']);
    expect(levels['read-uncommitted']).toBe('violated');
    expect(types('rw-register', t(r('x', null), r('x', 99)))).toContain('garbage-read');
  });

  it('ties its transaction to the one it read from', () => {
    const lists = verdict('list-append', t(a('x', 1), r('y', []), r('y', [1])), t(a('y', 1), r('x', [1])));
    const registers = verdict('rw-register', t(w('x', 1), r('y', null), r('y', 1)), t(w('y', 1), r('x', 1)));
    for (const { anomalies, levels } of [lists, registers]) {
      expect(anomalies.map(({ type }) => type)).toContain('G1c');
      expect([levels['read-uncommitted'], levels['read-committed']]).toEqual(['ok', 'violated']);
    }
  });

  it('is what read committed allows', () => {
    const lists = verdict('list-append', t(a('x', 1)), t(r('x', []), r('x', [1]), r('x', [1])));
    const registers = verdict('rw-register', t(w('x', 1)), t(r('x', null), r('x', 1), r('x', 1)));
    for (const { levels } of [lists, registers])
      expect([levels['read-committed'], levels['snapshot-isolation']]).toEqual(['ok', 'violated']);
    expect(types('list-append', t(a('x', 1)), t(r('x', []), r('x', [1]), r('x', [1]), a('x', 2)))).not.toContain(
      'lost-update',
    );
  });
});

describe('a read that contradicts what its transaction wrote itself', () => {
  it('is judged without it', () => {
    expect(types('list-append', aborted(a('x', 5)), t(a('x', 1), r('x', [5])))).toEqual(['internal', 'G1a']);
    expect(types('list-append', t(a('x', 5)), t(a('x', 1), r('x', [1, 5])))).toEqual(['internal']);
    expect(types('rw-register', aborted(w('x', 2)), t(w('x', 1), r('x', 2)))).toEqual(['internal', 'G1a']);
    expect(types('rw-register', t(w('x', 1), w('x', 2), r('x', 1)))).toEqual(['internal']);
  });

  it('leaves the weaker levels open, for its place is not known', () => {
    const lists = verdict('list-append', t(a('x', 1), r('x', [])));
    const registers = verdict('rw-register', t(w('x', 1), r('x', null)));
    for (const { levels } of [lists, registers])
      expect([levels['read-committed'], levels['snapshot-isolation']]).toEqual(['undecided', 'violated']);
  });
});
