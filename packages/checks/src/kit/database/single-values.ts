import type { Instance } from '@assay/contract';
import { identifier } from './quote.ts';

/** Columns that hold one value in the whole table, as ANALYZE saw it: `"public"."todos"."owner_id"`. */
export async function singleValues(instance: Instance): Promise<ReadonlySet<string>> {
  const rows = await instance.sql(
    `SELECT schemaname, tablename, attname FROM pg_stats WHERE n_distinct = 1 AND schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  return new Set(
    rows.map((row) => [row['schemaname'], row['tablename'], row['attname']].map(String).map(identifier).join('.')),
  );
}
