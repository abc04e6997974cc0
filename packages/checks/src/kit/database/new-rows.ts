import type { Instance } from '@assay/contract';
import type { Table } from './catalog.ts';
import { literal } from './quote.ts';

/** A row as it stands in the database: each column as text, as PostgreSQL prints it in JSON. */
export interface StoredRow {
  readonly table: string;
  readonly values: Readonly<Record<string, string | null>>;
}

/** A point in the stream of transactions. */
export async function transactionMark(instance: Instance): Promise<string> {
  const [row] = await instance.sql('SELECT pg_current_xact_id()::xid::text AS mark');
  return String(row?.['mark']);
}

/** Rows that were inserted or changed after the mark, by transactions that are done. */
export async function rowsSince(
  instance: Instance,
  tables: readonly Table[],
  mark: string,
): Promise<readonly StoredRow[]> {
  if (tables.length === 0) return [];
  const parts = tables.map(
    ({ key }) =>
      `(SELECT ${literal(key)} AS "table",
          (SELECT jsonb_object_agg(key, value) FROM jsonb_each_text(to_jsonb(t.*))) AS "values"
        FROM ${key} t WHERE age(t.xmin) < age('${mark}'::xid) LIMIT 200)`,
  );
  const rows = await instance.sql(parts.join(' UNION ALL '));
  return rows as unknown as readonly StoredRow[];
}

/** How many rows each table has, by its key. */
export async function rowCounts(instance: Instance, tables: readonly Table[]): Promise<ReadonlyMap<string, number>> {
  if (tables.length === 0) return new Map();
  const rows = await instance.sql(
    tables.map(({ key }) => `SELECT ${literal(key)} AS "table", count(*)::int AS rows FROM ${key}`).join(' UNION ALL '),
  );
  return new Map(rows.map((row) => [String(row['table']), Number(row['rows'])]));
}
