import type { Instance } from '@assay/contract';
import { identifier } from './quote.ts';
import { isOfTool } from './tables-of-tools.ts';

export interface Column {
  readonly name: string;
  /** As PostgreSQL names it: `numeric(18,2)`. */
  readonly type: string;
  /** Without domain and modifiers: `numeric`. */
  readonly baseType: string;
  readonly notNull: boolean;
  readonly default: string | null;
  /** `always` and `by default`: an identity; `stored`: computed from other columns. */
  readonly generated: 'always' | 'by default' | 'stored' | null;
  /** The most characters it takes; null when it has no limit. */
  readonly length: number | null;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** The `key` of the table it refers to. */
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** What becomes of a row when the one goes that it refers to: it goes along, stays without it, or neither may happen by itself. */
  readonly onDelete: 'cascade' | 'set null' | 'refuse';
}

export interface Index {
  readonly name: string;
  /** Null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly unique: boolean;
  /** Whether nulls count as one value that may be there once: NULLS NOT DISTINCT. */
  readonly nullsEqual: boolean;
  readonly primary: boolean;
  /** The condition of a partial index. */
  readonly condition: string | null;
}

interface Partition {
  readonly key: string;
  /** Names of its indexes, of whatever kind. */
  readonly indexes: readonly string[];
}

export interface Table {
  /** Quoted and with its schema, as a statement names it; also what tells tables apart. */
  readonly key: string;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly indexes: readonly Index[];
  /** Columns that a CHECK of the table speaks of. */
  readonly checked: readonly string[];
  /** Whether policies hold for the database's owner, as whom a backend connects: it then sees other rows than we do. */
  readonly rowSecurity: boolean;
  /** Where its rows are, when it is partitioned; partitions are no tables of their own here. */
  readonly partitions: readonly Partition[];
}

const tables = `
SELECT n.nspname AS schema, c.relname AS name,
  (SELECT jsonb_agg(jsonb_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
      'baseType', (WITH RECURSIVE b AS (SELECT t.oid, t.typtype, t.typbasetype UNION ALL
          -- A domain may be of another one.
          SELECT u.oid, u.typtype, u.typbasetype FROM b JOIN pg_type u ON u.oid = b.typbasetype WHERE b.typtype = 'd')
        SELECT format_type(b.oid, NULL) FROM b WHERE b.typtype <> 'd'),
      'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
      'generated', CASE WHEN a.attidentity = 'a' THEN 'always' WHEN a.attidentity = 'd' THEN 'by default' WHEN a.attgenerated <> '' THEN 'stored' END,
      'length', CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 4 THEN a.atttypmod - 4 END) ORDER BY a.attnum)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT jsonb_agg(jsonb_build_object(
      'name', k.conname,
      'columns', (SELECT jsonb_agg(a.attname ORDER BY u.o) FROM unnest(k.conkey) WITH ORDINALITY u (n, o) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.n),
      'target', quote_ident(fn.nspname) || '.' || quote_ident(f.relname),
      'onDelete', CASE k.confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' ELSE 'refuse' END, 'targetSchema', fn.nspname, 'targetName', f.relname,
      'targetColumns', (SELECT jsonb_agg(a.attname ORDER BY u.o) FROM unnest(k.confkey) WITH ORDINALITY u (n, o) JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = u.n)) ORDER BY k.conname)
    FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
    -- One that refers to a partitioned table has others below it, to each partition.
    WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0) AS "foreignKeys",
  (SELECT jsonb_agg(jsonb_build_object(
      'name', i.relname, 'unique', x.indisunique, 'nullsEqual', pg_get_indexdef(i.oid) LIKE '% NULLS NOT DISTINCT%', 'primary', x.indisprimary, 'condition', pg_get_expr(x.indpred, c.oid),
      'columns', (SELECT jsonb_agg(a.attname ORDER BY u.o) FROM unnest(x.indkey::int2[]) WITH ORDINALITY u (n, o)
                    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.n AND u.n > 0 WHERE u.o <= x.indnkeyatts)) ORDER BY i.relname)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
    -- A key WITHOUT OVERLAPS is a GiST index.
    WHERE x.indrelid = c.oid AND x.indisvalid AND (m.amname IN ('btree', 'hash') OR x.indisprimary)) AS indexes,
  (SELECT jsonb_agg(DISTINCT a.attname)
    FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
    WHERE k.conrelid = c.oid AND k.contype = 'c') AS checked,
  c.relrowsecurity AND (c.relforcerowsecurity OR c.relowner <> d.datdba) AS "rowSecurity",
  (SELECT jsonb_agg(jsonb_build_object('schema', pn.nspname, 'name', p.relname, 'indexes', coalesce(
      (SELECT jsonb_agg(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = p.oid), '[]')) ORDER BY pn.nspname, p.relname)
    FROM pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid JOIN pg_namespace pn ON pn.oid = p.relnamespace
    WHERE c.relkind = 'p' AND p.relkind = 'r') AS partitions
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_database d ON d.datname = current_database()
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  AND n.nspname NOT IN ('graphile_worker', 'graphile_migrate', 'pgboss', 'drizzle', 'hangfire', 'cron', 'sqitch', 'pgroll')
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY n.nspname, c.relname`;

interface Row {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[] | null;
  readonly foreignKeys: readonly (ForeignKey & { readonly targetSchema: string; readonly targetName: string })[] | null;
  readonly indexes: readonly Index[] | null;
  readonly checked: readonly string[] | null;
  readonly rowSecurity: boolean;
  readonly partitions: readonly (Omit<Partition, 'key'> & { readonly schema: string; readonly name: string })[] | null;
}

/** The tables that the backend made for itself in its database. */
export async function catalogOf(instance: Instance): Promise<readonly Table[]> {
  const rows = (await instance.sql(tables)) as unknown as readonly Row[];
  return rows
    .filter(({ name }) => !isOfTool(name))
    .map(({ schema, name, columns, foreignKeys, indexes, checked, rowSecurity, partitions }) => ({
      key: keyOf(schema, name),
      name: schema === 'public' ? name : `${schema}.${name}`,
      columns: columns ?? [],
      foreignKeys: (foreignKeys ?? []).map(
        ({ name: constraint, columns: own, targetSchema, targetName, targetColumns, onDelete }) => ({
          name: constraint,
          columns: own,
          target: keyOf(targetSchema, targetName),
          targetColumns,
          onDelete,
        }),
      ),
      indexes: indexes ?? [],
      checked: checked ?? [],
      rowSecurity,
      partitions: (partitions ?? []).map((each) => ({ key: keyOf(each.schema, each.name), indexes: each.indexes })),
    }));
}

function keyOf(schema: string, name: string): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/** Column sets that tell rows apart for certain: unique, whole, and never null, or null only once. */
export function keysOf(table: Table): readonly (readonly string[])[] {
  const notNull = new Set(table.columns.filter((column) => column.notNull).map(({ name }) => name));
  return table.indexes
    .filter(({ unique, condition }) => unique && condition === null)
    .flatMap(({ columns, nullsEqual }) => {
      const names = columns.filter((column) => column !== null);
      const isWhole = names.length === columns.length;
      return isWhole && (nullsEqual || names.every((name) => notNull.has(name))) ? [names] : [];
    });
}
