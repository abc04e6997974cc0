import { describe, expect, it } from 'vitest';
import { checkText } from '../check-text.ts';
import type { ModelName } from '../reading/models.ts';
import type { Value } from '../value.ts';

/** `f value → output @ call-return`, as whole operations of the JSON format. */
type Line = readonly [f: string, value: Value, output: Value | undefined, call: number, end: number];

function status(
  model: ModelName,
  lines: readonly Line[],
  options: { readonly initial?: Value; readonly key?: string } = {},
): string {
  const text = JSON.stringify(
    lines.map(([f, value, output, call, end], i) => ({
      process: i,
      f,
      value,
      output,
      call,
      return: end,
      key: options.key ?? 'x',
    })),
  );
  return checkText(text, {
    model,
    from: 'json',
    ...(options.initial === undefined ? {} : { initial: options.initial }),
  }).verdict.status;
}

/** Tiny histories by hand: what is possible, and the smallest thing that is not. */
const cases: readonly (readonly [ModelName, string, readonly Line[], 'ok' | 'violated', Value?])[] = [
  [
    'register',
    'a read sees the write before it',
    [
      ['write', 1, undefined, 0, 1],
      ['read', null, 1, 2, 3],
    ],
    'ok',
  ],
  [
    'register',
    'a read sees an older value',
    [
      ['write', 1, undefined, 0, 1],
      ['write', 2, undefined, 2, 3],
      ['read', null, 1, 4, 5],
    ],
    'violated',
  ],
  [
    'register',
    'two reads see concurrent writes in the wrong order',
    [
      ['write', 1, undefined, 0, 9],
      ['write', 2, undefined, 0, 9],
      ['read', null, 1, 10, 11],
      ['read', null, 2, 12, 13],
    ],
    'violated',
  ],
  ['register', 'the initial value', [['read', null, 5, 0, 1]], 'ok', 5],
  [
    'cas-register',
    'two swaps from one value',
    [
      ['write', 0, undefined, 0, 1],
      ['cas', [0, 1], true, 2, 9],
      ['cas', [0, 2], true, 2, 9],
    ],
    'violated',
  ],
  [
    'cas-register',
    'a swap that is refused',
    [
      ['write', 0, undefined, 0, 1],
      ['cas', [0, 1], true, 2, 9],
      ['cas', [0, 2], false, 2, 9],
    ],
    'ok',
  ],
  [
    'cas-register',
    'a refusal although the value was there',
    [
      ['write', 0, undefined, 0, 1],
      ['cas', [0, 1], false, 2, 3],
    ],
    'violated',
  ],
  [
    'multi-register',
    'half of a write is seen',
    [
      ['write', { x: 1, y: 1 }, undefined, 0, 1],
      ['read', null, { x: 1, y: null }, 2, 3],
    ],
    'violated',
  ],
  [
    'multi-register',
    'all of a write is seen',
    [
      [
        'txn',
        [
          ['w', 'x', 1],
          ['r', 'x', null],
        ],
        [
          ['w', 'x', 1],
          ['r', 'x', 1],
        ],
        0,
        1,
      ],
      ['read', null, { x: 1, y: 7 }, 2, 3],
    ],
    'ok',
    { y: 7 },
  ],
  [
    'key-value',
    'an append is seen',
    [
      ['put', 'a', undefined, 0, 1],
      ['append', 'b', undefined, 2, 3],
      ['get', null, 'ab', 4, 5],
    ],
    'ok',
  ],
  [
    'key-value',
    'an append is lost',
    [
      ['put', 'a', undefined, 0, 1],
      ['append', 'b', undefined, 2, 3],
      ['get', null, 'a', 4, 5],
    ],
    'violated',
  ],
  [
    'key-value',
    'a deleted key is still there',
    [
      ['put', 'a', undefined, 0, 1],
      ['delete', null, undefined, 2, 3],
      ['get', null, 'a', 4, 5],
    ],
    'violated',
  ],
  [
    'key-value',
    'nothing and the empty text are the same',
    [
      ['get', null, '', 0, 1],
      ['get', null, null, 0, 1],
    ],
    'ok',
  ],
  [
    'key-value',
    'appends are seen in two orders',
    [
      ['append', 'a', undefined, 0, 9],
      ['append', 'b', undefined, 0, 9],
      ['get', null, 'ab', 10, 11],
      ['get', null, 'ba', 10, 11],
    ],
    'violated',
  ],
  [
    'set',
    'an element is lost',
    [
      ['add', 1, undefined, 0, 1],
      ['add', 2, undefined, 0, 1],
      ['read', null, [2], 2, 3],
    ],
    'violated',
  ],
  [
    'set',
    'an element in the making may be seen or not',
    [
      ['add', 1, undefined, 0, 9],
      ['read', null, [1], 1, 2],
      ['read', null, [], 1, 2],
    ],
    'ok',
  ],
  [
    'set',
    'two reads exclude each other',
    [
      ['add', 1, undefined, 0, 9],
      ['add', 2, undefined, 0, 9],
      ['read', null, [1], 1, 2],
      ['read', null, [2], 1, 2],
    ],
    'violated',
  ],
  [
    'set',
    'a removed element is there',
    [
      ['add', 1, undefined, 0, 1],
      ['remove', 1, undefined, 2, 3],
      ['contains', 1, true, 4, 5],
    ],
    'violated',
  ],
  [
    'queue',
    'first in, first out',
    [
      ['enqueue', 1, undefined, 0, 1],
      ['enqueue', 2, undefined, 2, 3],
      ['dequeue', null, 1, 4, 5],
      ['dequeue', null, 2, 6, 7],
      ['dequeue', null, null, 8, 9],
    ],
    'ok',
  ],
  [
    'queue',
    'nobody told what came out',
    [
      ['enqueue', 1, undefined, 0, 1],
      ['dequeue', null, undefined, 2, 3],
      ['dequeue', null, null, 4, 5],
    ],
    'ok',
  ],
  [
    'queue',
    'one overtakes',
    [
      ['enqueue', 1, undefined, 0, 1],
      ['enqueue', 2, undefined, 2, 3],
      ['dequeue', null, 2, 4, 5],
    ],
    'violated',
  ],
  [
    'queue',
    'the same comes out twice',
    [
      ['enqueue', 1, undefined, 0, 1],
      ['dequeue', null, 1, 2, 3],
      ['dequeue', null, 1, 2, 3],
    ],
    'violated',
  ],
  [
    'queue',
    'empty although it is not',
    [
      ['enqueue', 1, undefined, 0, 1],
      ['dequeue', null, null, 2, 3],
    ],
    'violated',
  ],
  [
    'counter',
    'an increment is lost',
    [
      ['increment', null, undefined, 0, 1],
      ['increment', null, undefined, 0, 1],
      ['read', null, 1, 2, 3],
    ],
    'violated',
  ],
  [
    'counter',
    'an increment is in the making',
    [
      ['increment', null, undefined, 0, 1],
      ['increment', null, undefined, 0, 9],
      ['read', null, 1, 2, 3],
    ],
    'ok',
  ],
  [
    'counter',
    'two adders see the same sum',
    [
      ['add-and-get', 1, 1, 0, 9],
      ['add-and-get', 1, 1, 0, 9],
    ],
    'violated',
  ],
  [
    'mutex',
    'taken twice',
    [
      ['acquire', null, undefined, 0, 1],
      ['acquire', null, undefined, 2, 3],
    ],
    'violated',
  ],
  [
    'mutex',
    'taken again after its release',
    [
      ['lock', null, undefined, 0, 1],
      ['unlock', null, undefined, 2, 9],
      ['lock', null, undefined, 3, 4],
    ],
    'ok',
  ],
  [
    'bank',
    'spent twice',
    [
      ['transfer', { from: 'a', to: 'b', amount: 10 }, true, 0, 9],
      ['transfer', { from: 'a', to: 'b', amount: 10 }, true, 0, 9],
    ],
    'violated',
    { a: 10 },
  ],
  [
    'bank',
    'the second is refused',
    [
      ['transfer', { from: 'a', to: 'b', amount: 10 }, true, 0, 9],
      ['transfer', { from: 'a', to: 'b', amount: 10 }, false, 0, 9],
      ['read', null, { a: 0, b: 10 }, 10, 11],
    ],
    'ok',
    { a: 10 },
  ],
  [
    'bank',
    'money on the way is seen nowhere',
    [
      ['transfer', { from: 'a', to: 'b', amount: 10 }, true, 0, 9],
      ['read', null, { a: 0, b: 0 }, 1, 2],
    ],
    'violated',
    { a: 10 },
  ],
  [
    'bank',
    'refused although the money was there',
    [
      ['deposit', { account: 'a', amount: 5 }, true, 0, 1],
      ['withdraw', { account: 'a', amount: 5 }, false, 2, 3],
    ],
    'violated',
  ],
];

describe('models', () => {
  for (const [model, what, lines, expected, initial] of cases) {
    it(`${model}: ${what}`, () => {
      expect(status(model, lines, initial === undefined ? {} : { initial })).toBe(expected);
    });
  }
});
