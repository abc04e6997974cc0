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
