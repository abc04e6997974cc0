import type { RunEvent } from '@assay/contract';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { storable } from './storable.ts';

/** What there are too many of to be told one by one. */
export const heavyTypes: readonly RunEvent['type'][] = ['exchange', 'statement'];

/** An event as it is stored; `event` is null for a heavy one that was not asked for. */
export interface StoredEvent {
  readonly sequence: number;
  readonly at: number;
  readonly type: RunEvent['type'];
  readonly event: RunEvent | null;
}

/** Stored twice, it is stored once: what was sent before a connection broke may have arrived. */
export async function insertEvents(db: Kysely<Tables>, run: string, events: readonly RunEvent[]): Promise<void> {
  // A statement has five values, and PostgreSQL takes 65,535 of them at once: far more than a batch.
  const rows = events.map((event) => ({
    run_id: run,
    sequence: event.sequence,
    type: event.type,
    at: event.at,
    exchange: exchangeOf(event),
    body: storable(event),
  }));
  for (let from = 0; from < rows.length; from += 1000)
    await db
      .insertInto('run_event')
      .values(rows.slice(from, from + 1000))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

function exchangeOf(event: RunEvent): string | null {
  if (event.type === 'exchange') return event.exchange.id;
  return event.type === 'statement' ? event.exchange : null;
}

/** Those after `sequence`, in order. */
export async function readEvents(
  db: Kysely<Tables>,
  run: string,
  { after, limit, whole }: { readonly after: number; readonly limit: number; readonly whole: boolean },
): Promise<readonly StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    SELECT sequence, at, type, CASE WHEN ${whole} OR type NOT IN ('exchange', 'statement') THEN body END AS event
    FROM assay.run_event WHERE run_id = ${run} AND sequence > ${after} ORDER BY sequence LIMIT ${limit}`.execute(db);
  return rows;
}

/** Events at a time: a long run has hundreds of thousands, and others wait while they are read. */
const portion = 1000;

/** Each event of these types in order, a portion at a time. */
export async function* eachEvent(
  db: Kysely<Tables>,
  run: string,
  types: readonly RunEvent['type'][],
): AsyncGenerator<RunEvent> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('run_event')
      .select(['sequence', 'body'])
      .where('run_id', '=', run)
      .where('type', 'in', types)
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(portion)
      .execute();
    for (const { body } of rows) yield body;
    const last = rows.at(-1);
    if (last === undefined || rows.length < portion) return;
    after = last.sequence;
  }
}

export async function allEvents(db: Kysely<Tables>, run: string): Promise<readonly RunEvent[]> {
  const rows = await db.selectFrom('run_event').select('body').where('run_id', '=', run).orderBy('sequence').execute();
  return rows.map(({ body }) => body);
}
