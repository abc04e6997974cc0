import type { ProbeContext } from '@assay/contract';
import { tablesWritten } from './stored-rows.ts';

/** Anywhere in a word, so that `eventlog` and `historicaltodo` are among them; not in what is another word: `preventions`, `conversions`. */
const longWords =
  /audit(?!or)|(?<!pr|\bs)event(?!u)|histor(?!ian)|(?<!pos|ob)session|token|(?<!im|\be)migration|outbox|queue|heartbeat|(?<!con|in|di|per|a)version/;
/** At its end, as in `activitylog` and `shedlock`: more words hold these by chance, such as `blog`, `catalog`, `blocks`, `trunk` and `starters`. */
const shortWords =
  /(?:(?<!(?<!jo|d)b|cata|back|dia|ana|pro)logs?|logins?|jobs?|boots?|starts?|startups?|runs?|(?<![bcf])locks?)$|^log(?:entr|record|line|item|messag|ged|ging)|^jobs?(?:status|state|detail|run)/;

/** Whether a start may well add a row to it: it is for what happened, or for work to be done. */
export function isForRecords(name: string): boolean {
  const words = name
    .replaceAll(/[a-z\d](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g, '$& ')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => longWords.test(word) || shortWords.test(word));
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
                count(*) FILTER (WHERE EXISTS (SELECT FROM unnest($1::text[]) AS one (word) WHERE strpos(to_jsonb(t.*)::text, one.word) > 0))::int AS own
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
