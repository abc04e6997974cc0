import type { RunEvent } from '@assay/contract';
import { expect, test } from 'vitest';
import { EventWriter, NotStored } from './event-writer.ts';

const event = (sequence: number): RunEvent => ({ sequence, at: 0, type: 'launch-phase', phase: 'ready' }) as never;

test('batches are stored in order, and again when the database was away or full', async () => {
  const stored: number[] = [];
  let trouble = 2;
  const writer = new EventWriter(
    async (events) => {
      if ((trouble -= 1) >= 0) throw Object.assign(new Error('no space left'), { code: '53100' });
      stored.push(...events.map(({ sequence }) => sequence));
    },
    () => undefined,
    () => expect.unreachable(),
  );
  writer.add([event(1), event(2)]);
  writer.add([event(3)]);
  await writer.drained();
  expect(stored).toEqual([1, 2, 3]);
});

test('what can never be stored is told once, and nothing is thrown past it', async () => {
  const given: NotStored[] = [];
  const cause = Object.assign(new Error('invalid input syntax'), { code: '22P02' });
  const writer = new EventWriter(
    () => Promise.reject(cause),
    () => expect.unreachable(),
    (error) => given.push(error),
  );
  writer.add([event(1)]);
  await writer.drained();
  writer.add([event(2)]);
  await writer.drained();
  expect(given.map((one) => one.cause)).toEqual([cause]);
});
