import type { Instance, Json, RuleHit, Statement, Wire, WireRule } from '@assay/contract';
import { expect, it } from 'vitest';
import { check } from '../../queries/one-transaction.ts';
import { statementsOf } from '../database/statements-for-tests.ts';
import { pointsOf } from '../races/interleave-points.ts';
import { SetupFailed } from '../setup/setup.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { cutRuns, undone } from './cuts-for-tests.ts';
import { faultEvidence } from './fault-runs.ts';
import { widerRuns } from './wider-runs.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const slot = object({ id: { type: 'integer' }, room: text, booked: { type: 'integer' } });
const booking = object({ id: { type: 'integer' }, slotId: { type: 'integer' }, status: text });
const contract = contractOf({
  '/slots': {
    post: { operationId: 'addSlot', requestBody: taken(object({ room: text })), responses: { '201': said(slot) } },
  },
  '/slots/{id}': { get: { operationId: 'getSlot', parameters: [id], responses: { '200': said(slot) } } },
  '/bookings': {
    post: {
      operationId: 'book',
      requestBody: taken(object({ slotId: { type: 'integer' } })),
      responses: { '201': said(booking) },
    },
  },
  '/bookings/{id}': { get: { operationId: 'getBooking', parameters: [id], responses: { '200': said(booking) } } },
  '/bookings/{id}/cancel': {
    post: { operationId: 'cancelBooking', parameters: [id], responses: { '200': said(booking) } },
  },
} as Json);

/** How a booking is cancelled, which is two writes. With a job for the second it is done later where it failed. */
type Manner = 'apart' | 'goes on' | 'queued' | 'swallowed' | 'together';

/** A backend in memory whose statements can be cut as the wire proxy cuts them. */
function bookings(manner: Manner): Instance & { readonly asked: readonly string[] } {
  const slots = new Map<number, number>();
  const booked = new Map<number, { slotId: number; status: string }>();
  const jobs: number[] = [];
  const statements: Statement[] = [];
  const rules = new Set<WireRule & { last: RuleHit | null; passed: number }>();
  let [last, transactions] = [0, 0];
  /** False when its connection was cut. */
  const run = (written: string, transaction: number | null, effect: () => void = () => undefined): boolean => {
    const statement: Statement = {
      id: statements.length + 1,
      connection: 1,
      transaction,
      protocol: 'extended',
      text: written,
      parameters: [],
      rows: 1,
      command: written.split(' ')[0] ?? null,
      startedAt: -1,
      durationMs: 1,
    };
    statements.push(statement);
    for (const rule of rules) {
      if (rule.do !== 'cut' || rule.last !== null || rule.match?.where?.(written) !== true) continue;
      rule.last = { connection: 1 } as Partial<RuleHit> as RuleHit;
      if (rule.when === 'after') effect();
      return false;
    }
    effect();
    return true;
  };
  const release = ({ slotId }: { readonly slotId: number }) => slots.set(slotId, (slots.get(slotId) ?? 0) - 1);
  const cancel = (own: number): number => {
    const one = booked.get(own);
    if (one === undefined) return 404;
    if (one.status === 'cancelled' && manner !== 'goes on') return 409;
    const mark = () => (one.status = 'cancelled');
    const block = (texts: readonly string[], effect: () => void): boolean => {
      const number = (transactions += 1);
      return ['BEGIN', ...texts].every((each) => run(each, number)) && run('COMMIT', number, effect);
    };
    const [first, job, second] = [
      'UPDATE bookings SET status = 1',
      'INSERT INTO outbox_jobs VALUES (1)',
      'UPDATE slots SET booked = 1',
    ] as const;
    if (manner === 'together') return block([first, second], () => [mark(), release(one)]) ? 200 : 500;
    const isMarked = manner === 'queued' ? block([first, job], () => [mark(), jobs.push(own)]) : run(first, null, mark);
    return isMarked && (run(second, null, () => release(one)) || manner === 'swallowed') ? 200 : 500;
  };
  const instance = scripted((line, body) => {
    const own = Number(/\/(\d+)/.exec(line)?.[1]);
    const sent = (body ?? {}) as Readonly<Record<string, Json>>;
    const shown = (number: number) => ({ id: number, ...booked.get(number) });
    if (line.endsWith('/cancel')) {
      const status = cancel(own);
      return [status, shown(own)];
    }
    if (line.startsWith('GET /slots')) return [200, { id: own, room: 'a', booked: slots.get(own) ?? 0 }];
    if (line.startsWith('GET')) return [200, shown(own)];
    last += 1;
    if (line === 'POST /slots') run('INSERT INTO slots VALUES (1)', null, () => slots.set(last, 0));
    else {
      const slotId = Number(sent['slotId']);
      run('WITH made AS (INSERT INTO bookings) UPDATE slots', null, () => {
        booked.set(last, { slotId, status: 'booked' });
        slots.set(slotId, (slots.get(slotId) ?? 0) + 1);
      });
    }
    return [201, line === 'POST /slots' ? { id: last, room: 'a', booked: 0 } : shown(last)];
  });
  const wire: Partial<Wire> = {
    mark: () => statements.length,
    since: (mark) => statements.slice(mark),
    idle: () => Promise.resolve(),
    rule: (rule) => {
      const kept = { ...rule, last: null, passed: 0 };
      rules.add(kept);
      return Object.defineProperties({} as never, {
        last: { get: () => kept.last },
        remove: { value: () => rules.delete(kept) },
      });
    },
  };
  const tables = () => [[...slots], [...booked].map((one) => JSON.stringify(one)), jobs];
  const sql = (query: string) => {
    if (query.includes('pg_stat_activity')) return [];
    if (query.includes('pg_class')) return ['slots', 'bookings', 'outbox_jobs'].map((name) => ({ name, short: name }));
    return tables().flatMap((rows, n) => rows.map((row) => ({ n, digest: String(row) })));
  };
  return Object.assign(instance, { wire: wire as Wire, sql: (query: string) => Promise.resolve(sql(query)) });
}

async function told(manner: Manner) {
  const backend = bookings(manner);
  const evidence = await faultEvidence(contextOf(contract, backend, { fresh: () => Promise.resolve(backend) }));
  return judged(check, evidence);
}

/** In how many ways the runs are made once more of a request that sends these statements, and of which nothing shows by half. */
async function waysTried(...texts: readonly string[]): Promise<number> {
  const backend = bookings('apart');
  let tried = 0;
  const way = () => {
    tried += 1;
    return Promise.reject(new SetupFailed('nothing was made'));
  };
  const found = { ...cutRuns(true, undone), points: pointsOf(statementsOf(...texts)) };
  await widerRuns(contextOf(contract, backend), backend, { operation: 'cancelBooking', wider: [way, way] }, found);
  return tried;
}

it('sees the half in what the thing refers to, where the same request does not mend it', async () => {
  expect((await told('apart')).findings).toEqual([
    {
      severity: 'high',
      key: 'cancelBooking separate',
      title:
        'cancelBooking writes with 2 statements in 2 transactions; cut between them, bookings /status changed and slotId of bookings /booked did not',
    },
  ]);
});

it.each(['goes on', 'queued', 'swallowed', 'together'] as const)('finds nothing where it is %s', async (manner) => {
  expect((await told(manner)).findings).toEqual([]);
});

it('looks again only where what the request is for is written in several transactions', async () => {
  expect(await waysTried('UPDATE orders SET a = 1', 'UPDATE stocks SET n = 1')).toBe(2);
  expect(await waysTried('UPDATE sessions SET seen = 1', 'UPDATE orders SET a = 1')).toBe(0);
});

it('begins with that when all operations had their runs', async () => {
  const backend = bookings('goes on');
  const cancelled = () => backend.asked.filter((line) => line.endsWith('/cancel')).length;
  const at = new Map<string, number>();
  const progress = (operation: string) => at.set(operation, cancelled());
  await faultEvidence(contextOf(contract, backend, { fresh: () => Promise.resolve(backend), progress }));
  expect([...at.keys()]).toEqual(['cancelBooking', 'book', 'addSlot']);
  expect(at.get('book')).toBeGreaterThan(0);
  expect(at.get('addSlot')).toBeLessThan(cancelled());
});

it('names the operations for which there is no time', async () => {
  const backend = bookings('apart');
  const time = new AbortController();
  const progress = (operation: string) => operation === 'book' && time.abort();
  const change = { fresh: () => Promise.resolve(backend), signal: time.signal, progress };
  const { runs, untried } = await faultEvidence(contextOf(contract, backend, change));
  expect(runs.map(({ operation }) => operation)).toEqual(['cancelBooking']);
  expect(untried).toEqual(['book', 'addSlot']);
});
