import type { Instance } from '@assay/contract';
import type { Column, Table } from './catalog.ts';
import { rowCounts } from './new-rows.ts';
import { identifier, identifiers } from './quote.ts';

/**
 * Rows of a table when an index matters. ANALYZE looks at 30,000 rows at the default settings: up to there it sees all, so that the same rows
 * always give the same plan.
 */
export const manyRows = 24_000;

export interface Multiplied {
  /** Keys of the tables that have many rows now. */
  readonly filled: readonly Table[];
  /** Tables that could not be filled, and what PostgreSQL said. */
  readonly unfilled: readonly Unfilled[];
}

export interface Unfilled {
  readonly table: string;
  readonly reason: string;
}

/** What PostgreSQL says does not always name the table, nor whose row it refused. */
export function toldUnfilled({ table, reason }: Unfilled): string {
  return `${table} could not be filled with rows like those that are there: ${reason}`;
}

/** How rows are made new. */
interface Style {
  /** Texts: `12-Ada`, as digits of the same length, with other digits at the end as in `AB-00012`, or with as many as there are, or not at all. */
  readonly texts: (typeof texts)[number];
  /** How long before the other each row came; null for at the same moment. */
  readonly apart: '1 minute' | '1 millisecond' | null;
  /** How many numbers are left out: the next ones may come from a sequence, or a count, that knows nothing of these rows. */
  readonly room: number;
}

const texts = ['prefix', 'digits', 'ending', 'places', 'keep'] as const;
/** Rules may bind moments to a day or to a partition, and numbers to a length: tried in this order. */
const styles: readonly Style[] = [
  ...texts.map((each): Style => ({ texts: each, apart: '1 minute', room: 1_000_000 })),
  ...texts.map((each): Style => ({ texts: each, apart: '1 millisecond', room: 1_000_000 })),
  ...texts.map((each): Style => ({ texts: each, apart: null, room: 0 })),
];

/**
 * Multiplies the rows that the backend made, directly in SQL: what is unique becomes new, foreign keys spread over the rows of the tables
 * they refer to, texts that were all different stay so, everything else is as in the rows that are there. The database's own rules hold
 * for each row; a table whose rules cannot be met is left as it is.
 */
export async function multiply(
  instance: Instance,
  tables: readonly Table[],
  grown: readonly Table[],
  many = manyRows,
): Promise<Multiplied> {
  const filled: Table[] = [];
  const unfilled: Unfilled[] = [];
  for (const table of parentsFirst(grown)) {
    const reason = await fill(instance, table, grown, filled, many);
    if (reason === null) filled.push(table);
    else unfilled.push({ table: table.name, reason });
  }
  // What the backend changed leaves old versions of rows; with them gone, an index that is made in a trial can be used in it.
  for (const { key } of tables) await instance.sql(`VACUUM (ANALYZE) ${key}`);
  return { filled, unfilled };
}

function parentsFirst(tables: readonly Table[]): readonly Table[] {
  const ordered: Table[] = [];
  const visit = (table: Table, path: readonly string[]): void => {
    if (ordered.includes(table) || path.includes(table.key)) return;
    for (const { target } of table.foreignKeys) {
      const parent = tables.find(({ key }) => key === target);
      if (parent !== undefined) visit(parent, [...path, table.key]);
    }
    ordered.push(table);
  };
  for (const table of tables) visit(table, []);
  return ordered;
}

/** Null when the table has many rows now; otherwise why not. */
async function fill(
  instance: Instance,
  table: Table,
  grown: readonly Table[],
  filled: readonly Table[],
  many: number,
): Promise<string | null> {
  let reason = 'it holds no row to multiply';
  const base = (await rowCounts(instance, [table])).get(table.key) ?? 0;
  if (base === 0) return reason;
  const varied = await variedTexts(instance, table, base);
  let onConflict = 'ON CONFLICT DO NOTHING';
  let refused = false;
  for (const [at, style] of styles.entries()) {
    // What is not unique stays so, whatever moments and numbers are near it.
    if (at >= texts.length && !refused) break;
    try {
      await instance.sql(`${insertion(table, grown, filled, varied, style, { base, many })} ${onConflict}`);
      const rows = (await rowCounts(instance, [table])).get(table.key) ?? 0;
      if (rows >= many / 2) return null;
      reason = 'most of its rows would not be unique';
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      refused = true;
      // A rule that is held at the end of a transaction cannot be asked for conflicts: then there must be none.
      if (/ON CONFLICT does not support deferrable/.test(reason)) onConflict = '';
      // Other values make it no quicker.
      if (/statement timeout/.test(reason)) break;
    }
  }
  return reason;
}

const textTypes = ['text', 'character varying', 'character', 'citext'];
const numberTypes = ['smallint', 'integer', 'bigint', 'numeric'];

/** Texts that were all different, and so are not from a short list. */
async function variedTexts(instance: Instance, table: Table, base: number): Promise<ReadonlySet<string>> {
  const texts = table.columns.filter(({ baseType }) => textTypes.includes(baseType));
  if (texts.length === 0 || base < 6) return new Set();
  const [row] = await instance.sql(
    `SELECT ${texts.map(({ name }, index) => `count(DISTINCT ${identifier(name)})::int AS c${index}, count(${identifier(name)})::int AS n${index}`).join(', ')} FROM ${table.key}`,
  );
  return new Set(
    texts
      .filter(
        (_, index) => Number(row?.[`n${index}`]) >= 6 && Number(row?.[`c${index}`]) > Number(row?.[`n${index}`]) / 2,
      )
      .map(({ name }) => name),
  );
}

function insertion(
  table: Table,
  grown: readonly Table[],
  filled: readonly Table[],
  varied: ReadonlySet<string>,
  style: Style,
  { base, many }: { readonly base: number; readonly many: number },
): string {
  const values = new Map<string, string>();
  const joins: string[] = [];
  // Those of most columns first: what they say together holds for each column, too.
  const foreignKeys = table.foreignKeys.toSorted((a, b) => b.columns.length - a.columns.length);
  for (const [index, { columns, target, targetColumns }] of foreignKeys.entries()) {
    if (columns.some((column) => values.has(column))) continue;
    const grows = target !== table.key && [filled, grown].every((those) => those.some(({ key }) => key === target));
    // What refers to a table that does not grow, or to its own, refers to what the rows do.
    if (!grows) {
      for (const column of columns) values.set(column, `b.${identifier(column)}`);
      continue;
    }
    joins.push(
      `JOIN (SELECT ${targetColumns.map((column, at) => `${identifier(column)} AS c${at}`).join(', ')}, row_number() OVER (ORDER BY ctid) AS n FROM ${target}) p${index} ON p${index}.n = 1 + (assay_g + ${index * 7919}) % (SELECT count(*) FROM ${target})`,
    );
    for (const [at, column] of columns.entries())
      values.set(column, `CASE WHEN b.${identifier(column)} IS NULL THEN NULL ELSE p${index}.c${at} END`);
  }
  const unique = new Set(
    table.indexes.filter((index) => index.unique).flatMap(({ columns }) => columns.filter((column) => column !== null)),
  );
  for (const column of table.columns) {
    if (values.has(column.name) || column.generated !== null || isMadeByDefault(column)) continue;
    values.set(column.name, valueOf(column, unique.has(column.name), varied.has(column.name), style, { table, base }));
  }
  // The statements of one message are one transaction, to which SET LOCAL is bound.
  return `SET LOCAL statement_timeout = '60s'; INSERT INTO ${table.key} (${identifiers([...values.keys()])})
    SELECT ${[...values.values()].join(', ')}
    FROM (SELECT t.*, row_number() OVER (ORDER BY ctid) AS assay_n FROM ${table.key} t) b
    JOIN generate_series(1, ${many - base}) AS assay_g ON b.assay_n = 1 + assay_g % ${base}
    ${joins.join('\n')}
    ORDER BY assay_g`;
}

function isMadeByDefault({ default: expression }: Column): boolean {
  return expression !== null && /^(nextval\(|gen_random_uuid\(|uuid_generate|uuidv\d\()/.test(expression);
}

function valueOf(
  column: Column,
  unique: boolean,
  varied: boolean,
  style: Style,
  { table, base }: { readonly table: Table; readonly base: number },
): string {
  const name = identifier(column.name);
  const kept = `b.${name}`;
  const { baseType } = column;
  if (baseType.startsWith('timestamp')) {
    if (style.apart !== null) return `${kept} - assay_g * interval '${style.apart}'`;
    return unique ? `${kept} + assay_g * interval '1 microsecond'` : kept;
  }
  if (!unique && (!varied || style.texts === 'keep')) {
    // Long texts would only make the table large.
    return textTypes.includes(baseType) && style.texts !== 'keep' ? `left(${kept}, 200)` : kept;
  }
  if (textTypes.includes(baseType)) {
    const length = `least(200, greatest(char_length(${kept}), ${Math.min(column.length ?? 12, 12)}))`;
    if (style.texts === 'digits') return `lpad(assay_g::text, char_length(${kept}), '7')`;
    if (style.texts === 'ending')
      return `coalesce(regexp_replace(${kept}, '[0-9]+$', '') || lpad(assay_g::text, greatest(5, char_length(substring(${kept} from '[0-9]+$'))), '0'), ${kept})`;
    // Each row counts for itself: `AB-0001` has no more than ten thousand, but `CD-0001` is another.
    if (style.texts === 'places')
      return `coalesce(regexp_replace(${kept}, '[0-9]+$', '') || lpad((assay_g / ${base})::text, char_length(substring(${kept} from '[0-9]+$')), '0'), ${kept})`;
    return `CASE WHEN ${kept} ~ '^[0-9a-f-]{36}$' THEN gen_random_uuid()::text ELSE left(assay_g || '-' || ${kept}, ${length}) END`;
  }
  if (baseType === 'uuid') return 'gen_random_uuid()';
  const room = baseType === 'smallint' ? 0 : style.room;
  if (numberTypes.includes(baseType)) return `(SELECT max(${name}) FROM ${table.key}) + ${room} + assay_g`;
  if (baseType === 'date') return `${kept} - assay_g`;
  if (baseType === 'bytea') return `decode(md5(assay_g::text), 'hex')`;
  return kept;
}
