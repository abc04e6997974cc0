import type { Instance, Resource, Wire } from '@assay/contract';
import { expect, it } from 'vitest';
import type { Creation } from '../setup/creations.ts';
import type { Made } from '../setup/made.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { settledWrites } from './settled-writes.ts';

const unanswered = (text: string): Creation => ({
  resource: { name: 'notes' } as Partial<Resource> as Resource,
  request: { method: 'POST', target: '/notes' },
  sent: { text, kind: 'ordinary' },
});
const acknowledged = (text: string): Made => ({
  resource: 'notes',
  id: 1,
  body: undefined,
  sent: { text, kind: 'ordinary' },
  exchange: exchangeOf('POST /notes', 201),
});

const settled = (rows: readonly string[], writes: readonly Creation[]) => {
  const backend: Partial<Instance> = {
    wire: {} as Partial<Wire> as Wire,
    sql: async (_text, parameters = []) =>
      rows.filter((row) => row.includes(String(parameters[0]))).map((text) => ({ row: { text } })),
  };
  const statements = [{ text: 'INSERT INTO notes (text) VALUES ($1)' }];
  return settledWrites({ backend: backend as Instance }, statements, [acknowledged('the first')], writes);
};

it('tells by its own text whether a write was committed', async () => {
  const writes = [unanswered('the second'), unanswered('the third')];
  expect(await settled(['the first', 'the second'], writes)).toEqual({ committed: 1, absent: 1 });
});

it('tells nothing where not even what was acknowledged is found, or two wrote the same', async () => {
  expect(await settled([], [unanswered('the second')])).toEqual({ committed: 0, absent: 0 });
  const twins = [unanswered('the same'), unanswered('the same')];
  expect(await settled(['the first', 'the same'], twins)).toEqual({ committed: 0, absent: 0 });
});
