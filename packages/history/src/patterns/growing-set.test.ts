import { expect, it } from 'vitest';
import { checkLinearizable } from '../linearizability/check.ts';
import { set, type SetInput, type SetOutput } from '../models/set.ts';
import type { Operation } from '../operation.ts';

const add = (at: number): Operation<SetInput, SetOutput> => ({
  process: 0,
  input: { f: 'add', value: 1 },
  call: 2 * at,
  return: 2 * at + 1,
  outcome: 'ok',
});

it('takes many adds of one element one by one', { timeout: 20_000 }, () => {
  const adds = Array.from({ length: 60_000 }, (_, i) => add(i));
  const early: Operation<SetInput, SetOutput> = { ...add(-1), input: { f: 'read' }, output: [1] };
  expect(checkLinearizable(set, [early, ...adds])).toMatchObject({
    status: 'violated',
    witness: { explanation: 'The element 1 was seen before anybody began to add it' },
  });
});

it('knows each element once', () => {
  const twice: Operation<SetInput, SetOutput> = { ...add(3), input: { f: 'read' }, output: [1, 1] };
  expect(checkLinearizable(set, [add(0), add(1), twice])).toMatchObject({
    status: 'violated',
    witness: { explanation: 'The element 1 was seen more than once in one read', operations: [twice] },
  });
});
