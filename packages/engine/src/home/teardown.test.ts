import { expect, it } from 'vitest';
import { Teardown } from './teardown.ts';

it('undoes in reverse, once, whatever fails', async () => {
  const order: string[] = [];
  const teardown = new Teardown();
  await teardown.setUp(
    'one',
    () => 1,
    (made) => void order.push(`one ${made}`),
  );
  teardown.defer('two', () => Promise.reject(new Error('stuck')));
  await teardown.setUp(
    'three',
    async () => 3,
    async (made) => void order.push(`three ${made}`),
  );
  const problems = await teardown.run();
  expect(order).toEqual(['three 3', 'one 1']);
  expect(problems.map(({ name, message }) => [name, message])).toEqual([['two', 'stuck']]);
  expect(await teardown.run()).toBe(problems);
  expect(order).toHaveLength(2);
});

it('does not undo what never came to be', async () => {
  const teardown = new Teardown();
  const undone: unknown[] = [];
  await expect(
    teardown.setUp(
      'a',
      () => Promise.reject(new Error('no')),
      (made) => void undone.push(made),
    ),
  ).rejects.toThrow('no');
  expect(await teardown.run()).toEqual([]);
  expect(undone).toEqual([]);
});

it('gives up on an undoing at its deadline, and tells it so', async () => {
  const teardown = new Teardown();
  let told: AbortSignal | undefined;
  teardown.defer('before', () => undefined);
  teardown.defer(
    'slow',
    (signal) => {
      told = signal;
      return new Promise(() => undefined);
    },
    { deadlineMs: 20 },
  );
  expect(await teardown.run()).toMatchObject([{ name: 'slow', message: 'still not done after 20 ms' }]);
  expect(told?.aborted).toBe(true);
});

it('waits for a set-up that is under way, undoes it, and lets nobody use it', async () => {
  const teardown = new Teardown();
  const made = Promise.withResolvers<string>();
  const undone: string[] = [];
  const setUp = teardown.setUp(
    'late',
    () => made.promise,
    (value) => void undone.push(value),
  );
  setUp.catch(() => undefined);
  const running = teardown.run();
  made.resolve('thing');
  expect(await running).toEqual([]);
  expect(undone).toEqual(['thing']);
  await expect(setUp).rejects.toMatchObject({ code: 'interrupted' });
  expect(() => teardown.defer('later', () => undefined)).toThrow('already being taken down');
});

it('undoes what was made after the deadline, too', async () => {
  const teardown = new Teardown();
  const made = Promise.withResolvers<string>();
  const undone = Promise.withResolvers<string>();
  teardown
    .setUp(
      'late',
      () => made.promise,
      (value) => undone.resolve(value),
      { deadlineMs: 10 },
    )
    .catch(() => undefined);
  expect(await teardown.run()).toHaveLength(1);
  made.resolve('thing');
  expect(await undone.promise).toBe('thing');
});

it('undoes one thing ahead of the rest, and not again', async () => {
  const teardown = new Teardown();
  const undone: string[] = [];
  const undo = teardown.defer('a', () => void undone.push('a'));
  teardown.defer('b', () => void undone.push('b'));
  await undo();
  await teardown.run();
  expect(undone).toEqual(['a', 'b']);
});
