import type { ProbeContext } from '@assay/contract';
import { tablesWritten } from './stored-rows.ts';

/** What a start may well add a row to: of what happened, or of work to be done. */
const records =
  /log|audit|event|histor|session|token|migration|outbox|queue|jobs?\b|heartbeat|boot|start|run|lock|version/i;

export function isForRecords(name: string): boolean {
  return records.test(name);
}

export interface TableCount {
  /** As statements name it. */
  readonly table: string;
  readonly rows: number;
}

/** The tables, of those written to so far, whose rows hold one of the texts, with their numbers of rows. None where the statements are not seen. */
export async function homeTables({ backend }: ProbeContext, texts: readonly string[]): Promise<readonly TableCount[]> {
  if (backend.wire === null || texts.length === 0) return [];
  const found: TableCount[] = [];
  for (const table of tablesWritten(backend.wire.statements()).filter((name) => !isForRecords(name))) {
    try {
      const [row] = await backend.sql(
        `SELECT count(*)::int AS rows,
                count(*) FILTER (WHERE EXISTS (SELECT FROM unnest($1::text[]) AS one (word) WHERE strpos(to_jsonb(t)::text, one.word) > 0))::int AS own
         FROM ${table} AS t`,
        [texts],
      );
      if (typeof row?.['rows'] === 'number' && Number(row['own']) > 0) found.push({ table, rows: row['rows'] });
    } catch {
      // A name that is none: a comment that speaks of an update, a table of a schema that is searched otherwise.
    }
  }
  return found;
}

export async function countAgain(
  { backend }: ProbeContext,
  tables: readonly TableCount[],
): Promise<readonly TableCount[]> {
  return Promise.all(
    tables.map(async ({ table }) => {
      const [row] = await backend.sql(`SELECT count(*)::int AS rows FROM ${table}`);
      return { table, rows: Number(row?.['rows']) };
    }),
  );
}
