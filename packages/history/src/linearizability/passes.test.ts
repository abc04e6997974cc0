import { expect, it } from 'vitest';
import type { Model } from '../model.ts';
import { keyValue } from '../models/key-value.ts';
import { register } from '../models/register.ts';
import { set } from '../models/set.ts';
import { entryOf } from '../operation.ts';
import { checkLinearizable } from './check.ts';

/** One operation after the other. */
function sequence(count: number, of: (i: number) => { readonly input: unknown; readonly output?: unknown }) {
  return Array.from({ length: count }, (_, i) => {
    return { process: 0, call: 2 * i, return: 2 * i + 1, outcome: 'ok', ...of(i) } as const;
  });
}

const texts = Array.from({ length: 30 }, (_, i) => `${i};`);

const cases: readonly (readonly [
  Model,
  ReturnType<typeof sequence>,
  readonly ('refute' | 'decide' | 'specialize')[],
])[] = [
  [
    set,
    sequence(60, (i) =>
      i % 2 === 0
        ? { input: { f: 'add', value: i } }
        : { input: { f: 'read' }, output: Array.from({ length: (i + 1) / 2 }, (_, k) => 2 * k) },
    ),
    ['refute', 'decide', 'specialize'],
  ],
  [
    register(),
    sequence(60, (i) =>
      i % 2 === 0 ? { input: { f: 'write', value: i % 3 } } : { input: { f: 'read' }, output: (i - 1) % 3 },
    ),
    ['decide', 'specialize'],
  ],
  [
    keyValue,
    sequence(60, (i) =>
      i % 2 === 0
        ? { input: { f: 'append', key: 'x', value: texts[i / 2] } }
        : { input: { f: 'get', key: 'x' }, output: texts.slice(0, (i + 1) / 2).join('') },
    ),
    ['refute', 'specialize'],
  ],
];

it('asks for the time at each entry of the passes before the search', () => {
  for (const [model, history, passes] of cases) {
    const entries = history.map(entryOf);
    for (const pass of passes) {
      let looks = 0;
      model[pass]?.(entries, () => looks++);
      expect([model.name, pass, looks >= entries.length / 2]).toEqual([model.name, pass, true]);
    }
  }
});

it('is undecided when the time is up within them', () => {
  const [[model, history] = [register(), []]] = cases;
  let looks = 0;
  expect(checkLinearizable(model, history).status).toBe('ok');
  expect(checkLinearizable(model, history, { deadline: () => ++looks > 20 }).status).toBe('undecided');
});
