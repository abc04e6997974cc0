import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange, Instance, Resource } from '@assay/contract';
import { expect, it } from 'vitest';
import type { Creation } from '../setup/creations.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { killedUnderLoad, type KillMoment } from './killed-under-load.ts';

const note: Resource = {
  name: 'notes',
  create: 'add',
  read: 'read',
  replace: null,
  patch: null,
  remove: null,
  lists: [],
  idPointer: '/id',
  idParameter: 'id',
} as Partial<Resource> as Resource;

/** Two clients; the first has an answer after 10 ms, the second after 25. */
async function killedAt(moment: KillMoment) {
  let killedAfter: number | null = null;
  let id = 0;
  const began = performance.now();
  const backend: Partial<Instance> = {
    send: async ({ target }): Promise<Exchange> => {
      await pause(target === '/0' ? 10 : 25);
      const exchange = exchangeOf(`POST ${target}`, 201, { body: { id: (id += 1) } });
      const { response: _, ...cut } = exchange;
      return killedAfter === null ? exchange : cut;
    },
    kill: async () => {
      killedAfter = performance.now() - began;
    },
  };
  const plan = (client: number): readonly Creation[] =>
    Array.from({ length: 8 }, () => ({ resource: note, request: { method: 'POST', target: `/${client}` }, sent: {} }));
  const signal = new AbortController().signal;
  const { made, unanswered } = await killedUnderLoad(
    { backend: backend as Instance, signal },
    [plan(0), plan(1)],
    moment,
  );
  return { made: made.length, unanswered: unanswered.length, killedAfter: killedAfter ?? 0 };
}

it('kills at an answer to the first client, or at its last when they were too few', async () => {
  expect(await killedAt({ answers: 1 })).toMatchObject({ made: 1, unanswered: 1 });
  const { made, unanswered } = await killedAt({ answers: 99 });
  expect(made).toBeGreaterThanOrEqual(8);
  expect(unanswered).toBeLessThanOrEqual(1);
});

it('kills at a time after the first answer, whoever is waiting then', async () => {
  const { made, unanswered, killedAfter } = await killedAt({ afterMs: 30 });
  expect(killedAfter).toBeGreaterThanOrEqual(38);
  expect(made).toBeGreaterThan(1);
  expect(unanswered).toBe(2);
});
