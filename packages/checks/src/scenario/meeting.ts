import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeContext } from '@assay/contract';
import { accessOf } from '../kit/database/sql-access.ts';

/** How long nothing may change until nothing more is awaited: who is not held then waits for a lock, or for a connection. Milliseconds. */
const quietMs = 200;
const mostMs = 2000;
const lookEveryMs = 10;

/**
 * Sends requests so that they meet: each is held before the first statement that writes until all have got there, or wait for one that has. What only looks
 * before it writes has looked by then. Where the database is not watched they are only sent at the same time.
 */
export async function meeting<T>(
  { backend: { wire }, signal }: Pick<ProbeContext, 'backend' | 'signal'>,
  sends: readonly (() => Promise<T>)[],
): Promise<readonly T[]> {
  if (wire === null) return Promise.all(sends.map((send) => send()));
  const rule = wire.rule({ do: 'hold', match: { where: (text) => accessOf(text).kind === 'write' } });
  const answers = Promise.all(sends.map((send) => send()));
  const over = answers.then(
    () => true,
    () => true,
  );
  const end = performance.now() + mostMs;
  let [before, since] = [-1, performance.now()];
  while (rule.hits < sends.length && !signal.aborted && performance.now() < end) {
    const now = wire.mark() + rule.hits;
    if (now !== before) [before, since] = [now, performance.now()];
    else if (performance.now() - since >= quietMs) break;
    if (await Promise.race([over, pause(lookEveryMs, false)])) break;
  }
  rule.remove();
  return answers;
}
