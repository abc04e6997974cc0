import { expect, it } from 'vitest';
import { checkLinearizable } from '../linearizability/check.ts';
import type { Operation } from '../operation.ts';
import type { Value } from '../value.ts';
import { queue, type QueueInput, type QueueOutput } from './queue.ts';

type QueueOperation = Operation<QueueInput, QueueOutput>;

/** What a correct queue answers, each operation at some moment between its call and its return; it is empty now and then. */
function queueHistory(seed: number, count: number, clients: number): QueueOperation[] {
  let random = seed;
  const below = (n: number): number => {
    random = (random * 48_271) % 2_147_483_647;
    return random % n;
  };
  const free = Array.from({ length: clients }, () => 0);
  const plans = Array.from({ length: count }, (_, i) => {
    const process = i % clients;
    const call = (free[process] ?? 0) + 1 + below(5);
    const end = call + 1 + below(20);
    free[process] = end;
    return { process, call, return: end, at: call + below(end - call), value: i, puts: below(2) === 0 };
  });
  const waiting: Value[] = [];
  return plans
    .toSorted((a, b) => a.at - b.at)
    .map(({ process, call, return: end, value, puts }): QueueOperation => {
      const times = { process, call, return: end, outcome: 'ok' } as const;
      if (!puts) return { ...times, input: { f: 'dequeue' }, output: waiting.shift() ?? null };
      waiting.push(value);
      return { ...times, input: { f: 'enqueue', value } };
    })
    .sort((a, b) => a.call - b.call);
}

it('decides a queue of unique values that is found empty in between', () => {
  for (const seed of [1, 2, 3, 4]) {
    const history = queueHistory(seed, 300, 5);
    expect(history.some(({ output }) => output === null)).toBe(true);
    let looks = 50_000;
    expect(checkLinearizable(queue, history, { deadline: () => looks-- <= 0 }).status).toBe('ok');
  }
});
