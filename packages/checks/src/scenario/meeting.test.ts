import type { Instance, Wire, WireRule } from '@assay/contract';
import { expect, it } from 'vitest';
import { scripted } from '../kit/testing/scripted-for-tests.ts';
import { meeting } from './meeting.ts';

/** A wire at which a statement waits as long as a rule holds it. */
function held() {
  const { promise: released, resolve } = Promise.withResolvers<void>();
  const handle = { hits: 0, last: null, waitForHits: () => Promise.resolve(), release: resolve, remove: resolve };
  let holds: Extract<WireRule, { readonly do: 'hold' }>['match'];
  const wire: Partial<Wire> = {
    mark: () => 0,
    rule: (rule) => {
      if (rule.do === 'hold') holds = rule.match;
      return handle;
    },
  };
  const statement = async (text: string): Promise<void> => {
    if (holds?.where?.(text) !== true) return;
    handle.hits += 1;
    await released;
  };
  return { backend: { ...scripted(() => [200]), wire: wire as Wire } satisfies Instance, statement };
}

const { signal } = new AbortController();

it('lets all look before anybody writes', async () => {
  const { backend, statement } = held();
  let taken = 0;
  const take = async (): Promise<boolean> => {
    await statement('SELECT count(*) FROM seats');
    const isFree = taken === 0;
    await statement('INSERT INTO seats VALUES (1)');
    taken += 1;
    return isFree;
  };
  expect(await meeting({ backend, signal }, [take, take, take])).toEqual([true, true, true]);
});

it('waits for nobody who waits for another', async () => {
  const { backend, statement } = held();
  const order: string[] = [];
  let first: Promise<void> | null = null;
  const locked = async (name: string): Promise<void> => {
    const before = first;
    const { promise, resolve } = Promise.withResolvers<void>();
    first ??= promise;
    await before;
    await statement('UPDATE accounts SET balance = 1');
    order.push(name);
    resolve();
  };
  await meeting({ backend, signal }, [() => locked('one'), () => locked('other')]);
  expect(order).toEqual(['one', 'other']);
});

it('sends them together where the database is not watched, and tells what went wrong with one', async () => {
  const backend = scripted(() => [200]);
  expect(await meeting({ backend, signal }, [async () => 1, async () => 2])).toEqual([1, 2]);
  const broken = () => Promise.reject(new Error('no answer'));
  await expect(meeting({ ...held(), signal }, [async () => 1, broken])).rejects.toThrow('no answer');
});
