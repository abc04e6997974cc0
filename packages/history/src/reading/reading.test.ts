import { describe, expect, it } from 'vitest';
import { checkText } from '../check-text.ts';
import type { TransactionKind } from '../serializability/transaction.ts';
import type { Value } from '../value.ts';
import type { ModelName } from './models.ts';

type Fields = Readonly<Record<string, Value>>;

/** Whole operations, one after the other, without outputs unless they have one. */
function whole(...operations: readonly Fields[]): string {
  return JSON.stringify(
    operations.map((operation, i) => ({ process: i, key: 'k', call: 2 * i, return: 2 * i + 1, ...operation })),
  );
}

function status(model: ModelName | TransactionKind, ...operations: readonly Fields[]): string {
  return checkText(whole(...operations), { model, from: 'json' }).verdict.status;
}

describe('a whole operation without an output', () => {
  it('has what a read saw in its value', () => {
    const cases: readonly (readonly [ModelName, Fields, string, Value, Value])[] = [
      ['register', { f: 'write', value: 1 }, 'read', 1, 99],
      ['cas-register', { f: 'write', value: 1 }, 'read', 1, 99],
      ['key-value', { f: 'put', value: 'a' }, 'get', 'a', 'z'],
      ['set', { f: 'add', value: 1 }, 'read', [1], [1, 2]],
      ['queue', { f: 'enqueue', value: 1 }, 'dequeue', 1, 2],
      ['counter', { f: 'add', value: 3 }, 'read', 3, 4],
      ['bank', { f: 'deposit', value: { account: 'a', amount: 5 } }, 'read', { a: 5 }, { a: 4 }],
      ['multi-register', { f: 'write', value: { x: 1 } }, 'read', { x: 1, y: null }, { x: 2 }],
    ];
    for (const [model, before, f, right, wrong] of cases) {
      expect([model, status(model, before, { f, value: right })]).toEqual([model, 'ok']);
      expect([model, status(model, before, { f, value: wrong })]).toEqual([model, 'violated']);
      if (model !== 'multi-register') expect([model, status(model, before, { f, value: null })]).toEqual([model, 'ok']);
    }
  });

  it('has the reads of a transaction there, when any says what it saw', () => {
    const steps = (seen: Value): Fields[] => [
      { f: 'txn', value: [['append', 'x', 1]] },
      {
        f: 'txn',
        value: [
          ['append', 'y', 1],
          ['r', 'x', seen],
        ],
      },
    ];
    expect(status('list-append', ...steps([1]))).toBe('ok');
    expect(status('list-append', ...steps([77]))).toBe('violated');
    expect(status('list-append', ...steps(null))).toBe('ok');
    const registers = (seen: Value): Fields[] => [
      { f: 'txn', value: [['w', 'x', 1]] },
      { f: 'txn', value: [['r', 'x', seen]] },
    ];
    for (const model of ['rw-register', 'multi-register'] as const) {
      expect(status(model, ...registers(1))).toBe('ok');
      expect(status(model, ...registers(2))).toBe('violated');
      expect(status(model, ...registers(null))).toBe('ok');
    }
  });

  it('has its argument there, where the function has one', () => {
    expect(status('multi-register', { f: 'write', value: { x: 1 } }, { f: 'read', value: ['x', 'y'] })).toBe('ok');
    expect(status('multi-register', { f: 'write', value: { x: 1 } }, { f: 'read', value: { x: null } })).toBe('ok');
    expect(status('counter', { f: 'add-and-get', value: 2 }, { f: 'add-and-get', value: 2 })).toBe('ok');
    expect(status('set', { f: 'add', value: true }, { f: 'contains', value: false })).toBe('ok');
    expect(status('bank', { f: 'deposit', value: { account: '7', amount: 5 } }, { f: 'balance', value: 7 })).toBe('ok');
  });
});

describe('a pair of key and value', () => {
  const keyed = (model: ModelName, ...operations: readonly Fields[]): string =>
    checkText(whole(...operations), { model, from: 'json', partition: 'key' }).verdict.status;

  it('is what was answered only where it repeats the key', () => {
    const pair = (f: string, value: Value, output?: Value): Fields => ({
      key: null,
      f,
      value: ['k', value],
      ...(output === undefined ? {} : { output }),
    });
    expect(keyed('register', pair('write', [1, 2]), pair('read', null, [1, 2]))).toBe('ok');
    expect(keyed('register', pair('write', [1, 2]), pair('read', null, ['k', [1, 2]]))).toBe('ok');
    expect(keyed('register', pair('write', [1, 2]), pair('read', null, ['k', 2]))).toBe('violated');
    expect(keyed('set', pair('add', 1), pair('add', 2), pair('read', null, [1, 2]))).toBe('ok');
  });
});

describe('amounts and balances', () => {
  it('are whole numbers, for sums of fractions are not exact', () => {
    const refused: readonly (readonly [ModelName, Fields])[] = [
      ['counter', { f: 'add', value: 0.1 }],
      ['counter', { f: 'read', output: 0.3 }],
      ['counter', { f: 'add-and-get', value: 1, output: 1.5 }],
      ['bank', { f: 'deposit', value: { account: 'a', amount: 0.1 } }],
      ['bank', { f: 'balance', value: 'a', output: 2 ** 53 }],
      ['bank', { f: 'read', output: { a: 0.5 } }],
    ];
    for (const [model, operation] of refused)
      expect(() => status(model, operation)).toThrow(/^line 1: expected a whole number, in the smallest unit, for /);
    for (const [model, initial] of [
      ['counter', 0.5],
      ['bank', { a: 0.5 }],
    ] as const)
      expect(() => checkText(whole(), { model, from: 'json', initial })).toThrow(
        'expected a whole number, in the smallest unit, as the initial state, found 0.5',
      );
  });
});

describe('what a list-append read saw', () => {
  it('is a list, for anything else would pass for an empty one', () => {
    const saw = (value: Value): Fields => ({ f: 'txn', value: [['r', 'x', null]], output: [['r', 'x', value]] });
    for (const value of ['1', 1, { 0: 1 }])
      expect(() => status('list-append', saw(value))).toThrow('line 1: expected a list for a read');
    expect(status('list-append', saw(null), saw([]))).toBe('ok');
  });
});
