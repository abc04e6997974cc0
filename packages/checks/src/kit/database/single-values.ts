import type { Instance } from '@assay/contract';
import { identifier } from './quote.ts';

/** Columns that hold so many values, as ANALYZE saw it, that none is one of a list of choices. */
export function manyValues(instance: Instance): Promise<ReadonlySet<string>> {
  return columnsWhere(instance, 'n_distinct < 0 OR n_distinct > 500');
}

/** Columns that hold one value in the whole table, as ANALYZE saw it: `"public"."todos"."owner_id"`. */
export function singleValues(instance: Instance): Promise<ReadonlySet<string>> {
  return columnsWhere(instance, 'n_distinct = 1');
}

async function columnsWhere(instance: Instance, condition: string): Promise<ReadonlySet<string>> {
  const rows = await instance.sql(
    `SELECT schemaname, tablename, attname FROM pg_stats WHERE (${condition}) AND schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  return new Set(
    rows.map((row) => [row['schemaname'], row['tablename'], row['attname']].map(String).map(identifier).join('.')),
  );
}
