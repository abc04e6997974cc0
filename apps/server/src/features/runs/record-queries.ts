import type { Exchange, Recording, RunEvent, Statement } from '@assay/contract';
import { type ExchangeSummary, PlotsFold, type Plots, RecordingFold, summaryOf } from '@assay/prove';
import { type Kysely, sql } from 'kysely';
import { decodeCursor, pageOf } from '../../cursor.ts';
import type { Tables } from '../../database/tables.ts';
import { eachEvent } from './event-queries.ts';

export interface ExchangeFilter {
  readonly q?: string | undefined;
  readonly method?: string | undefined;
  readonly status?: string | undefined;
  readonly check?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** In the order in which they ended. */
export async function listExchanges(db: Kysely<Tables>, run: string, filter: ExchangeFilter) {
  const after = Number(decodeCursor(filter.cursor, /^\d{1,9}$/) ?? 0);
  const [first, last] = statusRange(filter.status);
  const { rows } = await sql<{ sequence: number; exchange: Exchange; statements: string }>`
    SELECT sequence, body -> 'exchange' AS exchange, (
      SELECT count(*) FROM assay.run_event AS caused
      WHERE caused.run_id = e.run_id AND caused.exchange = e.exchange AND caused.type = 'statement'
    ) AS statements
    FROM assay.run_event AS e
    WHERE run_id = ${run} AND type = 'exchange' AND sequence > ${after}
      ${filter.method === undefined ? sql`` : sql`AND body #>> '{exchange,request,method}' = ${filter.method}`}
      ${filter.check === undefined ? sql`` : sql`AND body #>> '{exchange,check}' = ${filter.check}`}
      ${
        filter.status === undefined
          ? sql``
          : filter.status === 'none'
            ? sql`AND body #>> '{exchange,response,status}' IS NULL`
            : sql`AND (body #>> '{exchange,response,status}')::integer BETWEEN ${first} AND ${last}`
      }
      ${sql.join(
        words(filter.q).map(
          (word) => sql`AND (
            body ->> 'exchange' ILIKE ${word} OR EXISTS (
              SELECT FROM assay.run_event AS caused
              WHERE caused.run_id = e.run_id AND caused.exchange = e.exchange AND caused.type = 'statement'
                AND caused.body #>> '{statement,text}' ILIKE ${word}
            )
          )`,
        ),
        sql` `,
      )}
    ORDER BY sequence LIMIT ${filter.limit + 1}`.execute(db);
  return pageOf(
    rows,
    filter.limit,
    ({ sequence }) => String(sequence),
    ({ exchange, statements }): ExchangeSummary => ({
      ...summaryOf({ exchange, statements: [] }),
      statements: Number(statements),
    }),
  );
}

/** All of them are looked for, each anywhere; what they stand in is JSON text. */
function words(q = ''): readonly string[] {
  return q
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 20)
    .map(
      (word) =>
        `%${JSON.stringify(word)
          .slice(1, -1)
          .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
    );
}

/** `404` or `4xx`. */
function statusRange(status = ''): readonly [number, number] {
  const [, hundreds] = /^([1-5])xx$/i.exec(status) ?? [];
  return hundreds === undefined
    ? [Number(status) || 0, Number(status) || 0]
    : [Number(hundreds) * 100, Number(hundreds) * 100 + 99];
}

/** Null when the run has no such exchange. */
export async function findExchange(
  db: Kysely<Tables>,
  run: string,
  id: string,
): Promise<{ exchange: Exchange; statements: Statement[] } | null> {
  const rows = await db
    .selectFrom('run_event')
    .select('body')
    .where('run_id', '=', run)
    .where('exchange', '=', id)
    .orderBy('sequence')
    .execute();
  const events: readonly RunEvent[] = rows.map(({ body }) => body);
  const exchange = events.flatMap((event) => (event.type === 'exchange' ? [event.exchange] : []))[0];
  if (exchange === undefined) return null;
  return { exchange, statements: events.flatMap((event) => (event.type === 'statement' ? [event.statement] : [])) };
}

/** As they were kept with the report; those of a run that was cut off come from its events. */
export async function findPlots(db: Kysely<Tables>, run: string): Promise<Plots> {
  const row = await db.selectFrom('report').select('plots').where('run_id', '=', run).executeTakeFirst();
  if (row?.plots != null) return row.plots;
  const fold = new PlotsFold();
  for await (const event of eachEvent(db, run, ['exchange', 'statement', 'usage'])) fold.add(event);
  return fold.plots(() => null);
}

/** What a run recorded, for its page. */
export async function readRecording(db: Kysely<Tables>, run: string, named: ReadonlySet<string>): Promise<Recording> {
  const fold = new RecordingFold(named);
  for await (const event of eachEvent(db, run, ['exchange', 'statement'])) fold.add(event);
  return fold.recording();
}
