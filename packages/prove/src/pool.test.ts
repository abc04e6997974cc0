import type { Contract, Exchange } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';
import { expect, it, onTestFinished, vi } from 'vitest';
import { InstancePool } from './pool.ts';

/** An instance whose end is told some time after it. */
function dying(afterMs: number) {
  const began = performance.now();
  return {
    id: 'i-1',
    get alive() {
      return performance.now() - began < afterMs;
    },
    ending: 'it exited with status 7',
    log: () => ['boom'],
    start: () => Promise.resolve({ ready: false, reason: 'its port is taken' }),
  } as unknown as EngineInstance;
}

function poolOf(instance: EngineInstance): InstancePool {
  const launch = () => Promise.reject(new Error('nothing is launched'));
  return new InstancePool(instance, launch, null, {} as Contract);
}

function exchange(kind: 'refused' | 'reset' | null): Exchange {
  const told = kind === null ? { response: { status: 200 } } : { error: { kind, message: kind } };
  return { instance: 'i-1', request: { method: 'GET', target: '/a' }, ...told } as unknown as Exchange;
}

it.each(['reset', 'refused'] as const)('notices an end that is told after the last request was %s', async (kind) => {
  const pool = poolOf(dying(150));
  for (const each of [exchange('reset'), exchange(kind)]) pool.saw(each);
  await pool.noticeEnd();
  expect(pool.ends).toMatchObject([{ how: 'it exited with status 7', log: ['boom'] }]);
  expect(new Set(pool.ends[0]?.last)).toEqual(new Set(['GET /a → reset']));
});

it('waits for no end where the last request was answered', async () => {
  const pool = poolOf(dying(60_000));
  for (const each of [exchange('reset'), exchange(null)]) pool.saw(each);
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  // No timer ends: it would wait for ever.
  await pool.noticeEnd();
  expect(pool.ends).toEqual([]);
});

it('does not try for every check to start a backend that does not start any more', async () => {
  const start = vi.fn(() => Promise.resolve({ ready: false, reason: 'its port is taken' }));
  const pool = poolOf({ ...dying(0), alive: false, start } as unknown as EngineInstance);
  for (let check = 0; check < 20; check += 1)
    await expect(pool.shared(`http/${check}`)).rejects.toThrow('could not be started again: its port is taken');
  expect(start).toHaveBeenCalledTimes(5);
});

it('counts an end once, also when the backend cannot be started again', async () => {
  const pool = poolOf(dying(0));
  for (const check of ['http/a', 'http/b'])
    await expect(pool.shared(check)).rejects.toThrow('the backend could not be started again: its port is taken');
  await pool.noticeEnd();
  expect(pool.ends).toHaveLength(1);
});

it('replaces an instance that lives and answers nothing any more', async () => {
  let answers = true;
  const close = vi.fn(() => Promise.resolve());
  const send = vi.fn(() => Promise.resolve(answers ? exchange(null) : timedOut));
  const still = { id: 'i-1', alive: true, send, close } as unknown as EngineInstance;
  const launched = { id: 'i-2', alive: true } as unknown as EngineInstance;
  const launch = vi.fn(() => Promise.resolve(launched));
  const pool = new InstancePool(still, launch, null, {} as Contract);
  const timedOut = { ...exchange('reset'), error: { kind: 'timeout', message: '' } } as Exchange;
  const read = { ...exchange(null), request: { method: 'GET', target: '/a?b', headers: [['host', 'x']] } } as Exchange;
  pool.saw(read);
  pool.saw(timedOut);
  expect((await pool.shared('http/a')).id).toBe('i-1');
  expect(send).not.toHaveBeenCalled();
  for (const each of [timedOut, timedOut]) pool.saw(each);
  expect((await pool.shared('http/b')).id).toBe('i-1');
  expect(send).toHaveBeenCalledTimes(1);
  answers = false;
  for (const each of [timedOut, timedOut]) pool.saw(each);
  expect((await pool.shared('http/c')).id).toBe('i-2');
  expect(close).toHaveBeenCalledTimes(1);
  expect((await pool.shared('http/d')).id).toBe('i-2');
  expect(launch).toHaveBeenCalledTimes(1);
});
