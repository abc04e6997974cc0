import type { TransportErrorKind } from '@assay/contract';
import { expect, it } from 'vitest';
import { endedIn, withEnded } from './ended-probes.ts';
import type { Probe } from './explore.ts';

const of = (kind: TransportErrorKind | null) =>
  kind === null ? { response: { status: 200 } as never } : { error: { kind, message: kind } };

it.each<[string, readonly (TransportErrorKind | null)[], boolean, readonly boolean[]]>([
  ['a reset before a refusal', [null, 'reset', 'refused'], true, [false, true, true]],
  ['each reset of the same end', [null, 'reset', 'reset', 'refused'], true, [false, true, true, true]],
  ['a timeout right before a refusal alone', ['timeout', 'timeout', 'refused'], true, [false, true, true]],
  ['no reset after which somebody answered', ['reset', null, 'reset', 'refused'], true, [false, false, true, true]],
  ['the last reset of one that has ended', [null, 'reset'], true, [false, true]],
  ['nothing of one that lives', ['reset', 'timeout', 'reset'], false, [false, false, false]],
])('takes for the work of an end %s', (_, kinds, gone, ended) => {
  expect(endedIn(kinds.map(of), gone)).toEqual(ended);
});

it('waits a moment for an end that is told after the last request', async () => {
  const began = performance.now();
  const backend = {
    get alive() {
      return performance.now() - began < 100;
    },
  };
  const probe = { exchange: of('reset') } as unknown as Probe;
  expect((await withEnded([probe], backend)).map(({ ended }) => ended)).toEqual([true]);
});
