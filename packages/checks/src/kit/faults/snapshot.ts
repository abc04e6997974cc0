import { setTimeout as pause } from 'node:timers/promises';
import type { Instance } from '@assay/contract';

/** For each table, how often each row is in it, by a digest of the row. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** How many rows of a table came and went; a changed row does both. */
export interface TableChange {
  readonly added: number;
  readonly removed: number;
}

/** Tables with more rows than this are left out: they are not what one request changes. */
const mostRows = 20_000;
const settleMs = 3000;

/** Every row of the instance's own tables, when no transaction is open any more. */
export async function snapshot(instance: Instance, signal: AbortSignal): Promise<Snapshot> {
  await untilSettled(instance, signal);
  const tables = await instance.sql(
    `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, c.relname AS short
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  if (tables.length === 0) return new Map();
  const parts = tables.map(
    ({ name }, index) =>
      `SELECT * FROM (SELECT ${index} AS n, md5((t.*)::text) AS digest FROM ${String(name)} t LIMIT ${mostRows}) x`,
  );
  const found = new Map<string, Map<string, number>>(tables.map(({ short }) => [String(short), new Map()]));
  for (const { n, digest } of await instance.sql(parts.join(' UNION ALL '))) {
    const rows = found.get(String(tables[Number(n)]?.['short']));
    rows?.set(String(digest), (rows.get(String(digest)) ?? 0) + 1);
  }
  return found;
}

/** What changed between two snapshots, by table; tables that stayed alike are left out. */
export function changesBetween(before: Snapshot, after: Snapshot): Readonly<Record<string, TableChange>> {
  const changes: Record<string, TableChange> = {};
  for (const [table, rows] of after) {
    const earlier = before.get(table) ?? new Map<string, number>();
    const added = surplus(rows, earlier);
    const removed = surplus(earlier, rows);
    if (added + removed > 0) changes[table] = { added, removed };
  }
  return changes;
}

function surplus(rows: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): number {
  let more = 0;
  for (const [digest, times] of rows) more += Math.max(0, times - (others.get(digest) ?? 0));
  return more;
}

/** Until no connection of the backend is in a transaction: what was cut off has then been rolled back. */
export async function untilSettled(instance: Instance, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + settleMs;
  while (!signal.aborted && performance.now() < deadline) {
    const open = await instance.sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend' AND xact_start IS NOT NULL`,
    );
    if (open.length === 0) return true;
    await pause(10);
  }
  return false;
}
