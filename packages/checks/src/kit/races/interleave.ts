import type { Exchange, Instance, RequestSpec, RuleHit, Statement } from '@assay/contract';
import { matchOf, type Point } from './interleave-points.ts';

/** How long nothing may happen on the wire before a request counts as done with its statements. Milliseconds. */
const quietMs = 25;
/** How often it is looked whether the second request waits for the first. */
const lookEveryMs = 15;
/** How long a request may take that is not held. */
const timeoutMs = 10_000;
/** The least time that the second request is given while the first is held. */
const leastPatienceMs = 700;

export interface Recorded {
  readonly exchange: Exchange;
  readonly statements: readonly Statement[];
}

/** Sends a request while nothing else is in flight, so that every statement seen is its own. */
export async function sendAlone(instance: Instance, request: RequestSpec, signal: AbortSignal): Promise<Recorded> {
  const { wire } = instance;
  if (wire === null) return { exchange: await instance.send(request, { timeoutMs, signal }), statements: [] };
  await wire.idle(quietMs, signal);
  const mark = wire.mark();
  const exchange = await instance.send(request, { timeoutMs, signal });
  await wire.idle(quietMs, signal);
  return { exchange, statements: wire.since(mark) };
}

/** Two requests that ran at the same time. Times are milliseconds since the start of the run. */
export interface Interleaved {
  readonly first: Exchange;
  readonly second: Exchange;
  /** The statement of the first request that was held back; null when they were only sent together. */
  readonly held:
    | (RuleHit & { readonly releasedAt: number; readonly because: 'answered' | 'blocked' | 'waited' })
    | null;
  /** All statements seen meanwhile, with the request that sent them (0 or 1; null where it cannot be told). */
  readonly statements: readonly (Statement & { readonly lane: 0 | 1 | null })[];
}

/**
 * Holds the first request at a point until the second has been answered, or waits in the database for what the first has locked, or does not
 * get on otherwise. Null when the first never came to the point; the second was not sent then.
 */
export async function interleave(
  instance: Instance,
  requests: readonly [RequestSpec, RequestSpec],
  point: Point,
  signal: AbortSignal,
  usualMs: number,
): Promise<Interleaved | null> {
  const { wire } = instance;
  if (wire === null) return null;
  await wire.idle(quietMs, signal);
  const mark = wire.mark();
  const rule = wire.rule({ do: 'hold', ...matchOf(point) });
  const giveUp = new AbortController();
  try {
    const began = performance.now();
    const first = instance.send(requests[0], { timeoutMs, signal });
    const reached = rule.waitForHits(1, AbortSignal.any([signal, giveUp.signal])).then(
      () => true,
      () => false,
    );
    const isHeld = await Promise.race([reached, first.then(() => false)]);
    const { last } = rule;
    if (!isHeld || last === null) {
      await first;
      return null;
    }
    const others = wire.mark();
    const second = instance.send(requests[1], { timeoutMs, signal });
    const because = await untilNoFurther(instance, second, signal, Math.max(leastPatienceMs, 6 * usualMs));
    const atRelease = performance.now();
    const released = wire.mark();
    rule.remove();
    const answers = await Promise.all([first, second]);
    await wire.idle(quietMs, signal);
    const releasedAt = answers[0].startedAt + (atRelease - began);
    const statements = wire.since(mark);
    const laneOf = lanes(last.connection, statements, { others, released, secondIsDone: because === 'answered' });
    return {
      first: answers[0],
      second: answers[1],
      held: { ...last, releasedAt, because },
      statements: statements.map((statement) => ({ ...statement, lane: laneOf(statement) })),
    };
  } finally {
    giveUp.abort();
    rule.remove();
  }
}

/** Sends both at once and leaves the order to chance: all that can be done where the database is not seen. */
export async function together(
  instance: Instance,
  requests: readonly [RequestSpec, RequestSpec],
  signal: AbortSignal,
): Promise<Interleaved> {
  const [first, second] = await Promise.all([
    instance.send(requests[0], { timeoutMs, signal }),
    instance.send(requests[1], { timeoutMs, signal }),
  ]);
  return { first, second, held: null, statements: [] };
}

/** Until the second request is answered, or the database itself makes it wait, or nothing moves any more. */
async function untilNoFurther(
  instance: Instance,
  second: Promise<Exchange>,
  signal: AbortSignal,
  patienceMs: number,
): Promise<'answered' | 'blocked' | 'waited'> {
  const deadline = performance.now() + patienceMs;
  const answered = second.then(() => true);
  while (!signal.aborted && performance.now() < deadline) {
    const { promise: look, resolve } = Promise.withResolvers<false>();
    const timer = setTimeout(() => resolve(false), lookEveryMs);
    const done = await Promise.race([answered, look]);
    clearTimeout(timer);
    if (done) return 'answered';
    if (await isBlocked(instance)) return 'blocked';
  }
  return 'waited';
}

async function isBlocked(instance: Instance): Promise<boolean> {
  const rows = await instance.sql(
    'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0',
  );
  return rows.length > 0;
}

/**
 * Whose a statement is: all before the second request was sent are the first one's; while the first is held, all on other connections are the
 * second one's; afterwards a connection stays with whoever used it last, until the second was answered.
 */
function lanes(
  heldConnection: number,
  statements: readonly Statement[],
  marks: { readonly others: number; readonly released: number; readonly secondIsDone: boolean },
): (statement: Statement) => 0 | 1 | null {
  const meanwhile = statements.filter(
    ({ id, connection }) => id >= marks.others && id < marks.released && connection !== heldConnection,
  );
  const ofSecond = new Set(meanwhile.map(({ connection }) => connection));
  return ({ id, connection }) => {
    if (id < marks.others || connection === heldConnection) return 0;
    if (id >= marks.released && marks.secondIsDone) return 0;
    return ofSecond.has(connection) ? 1 : null;
  };
}
