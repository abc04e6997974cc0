import { type AnyCheck, registry } from '@assay/checks';
import { describe, expect, test } from 'vitest';
import { inLanes } from './lanes.ts';

const [any] = registry;

function check(id: string, instance: 'shared' | 'own', alone = false): AnyCheck {
  if (any === undefined) throw new Error('the registry is empty');
  const { alone: _, ...rest } = any;
  return { ...rest, id, instance, ...(alone ? { alone: true } : {}) };
}

/** What ran beside each check, and the order in which they began. Each goes on until nothing else can begin. */
async function watch(checks: readonly AnyCheck[]): Promise<{ began: string[]; beside: Map<string, Set<string>> }> {
  const began: string[] = [];
  const beside = new Map<string, Set<string>>();
  const going = new Set<string>();
  await inLanes(checks, async ({ id }) => {
    began.push(id);
    for (const other of going) {
      beside.get(other)?.add(id);
    }
    beside.set(id, new Set(going));
    going.add(id);
    await new Promise(setImmediate);
    going.delete(id);
  });
  return { began, beside };
}

describe('the lanes of a run', () => {
  test('checks that share the instance never run beside each other, and begin in their order', async () => {
    const { began, beside } = await watch(['a', 'b', 'c'].map((id) => check(id, 'shared')));
    expect(began).toEqual(['a', 'b', 'c']);
    for (const others of beside.values()) expect([...others]).toEqual([]);
  });

  test('checks with an instance of their own run beside the shared ones', async () => {
    const { beside } = await watch([check('shared', 'shared'), check('own', 'own')]);
    expect([...(beside.get('shared') ?? [])]).toEqual(['own']);
  });

  test('a check that measures time comes last and has nothing beside it', async () => {
    const { began, beside } = await watch([
      check('time', 'own', true),
      check('a', 'shared'),
      check('b', 'own'),
      check('c', 'own'),
    ]);
    expect(began.at(-1)).toBe('time');
    expect([...(beside.get('time') ?? [])]).toEqual([]);
  });

  test('every check is done once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    const { began } = await watch(
      ids.map((id, index) => check(id, index % 3 === 0 ? 'shared' : 'own', index % 7 === 0)),
    );
    expect(began.toSorted()).toEqual(ids.toSorted());
  });
});
