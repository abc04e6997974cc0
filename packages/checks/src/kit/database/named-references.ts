import { type Instance, isSameNoun } from '@assay/contract';
import { keysOf, type Table } from './catalog.ts';
import { copiesIn } from './copies.ts';
import { meansAnything, pointsFreely } from './points-freely.ts';
import { identifier } from './quote.ts';
import { type ColumnReference, wholeNumbers } from './references.ts';
import type { Writes } from './written.ts';

/**
 * Columns that no request carries a number for, such as `user_id` for whoever is signed in: they are called by another table, whose key is
 * a number, and not one value of theirs is missing there. A number alone would tell nothing, since every table has its 1.
 * @param known what is left out, because it was found otherwise
 */
export async function namedReferences(
  instance: Instance,
  { tables, resources }: Writes,
  known: readonly ColumnReference[],
): Promise<readonly ColumnReference[]> {
  const copies = copiesIn(tables);
  const found: ColumnReference[] = [];
  for (const { resource, operation, written } of resources) {
    const keys = new Set(written.flatMap(({ rows }) => rows.map((row) => row.table)));
    for (const table of tables.filter(({ key }) => keys.has(key))) {
      for (const { name: column, baseType } of table.columns) {
        const isKnown = [...known, ...found].some((one) => one.table.key === table.key && one.column === column);
        if (isKnown || !wholeNumbers.includes(baseType) || isKey(table, column) || meansAnything(column)) continue;
        const homes = tables.flatMap((home) => (home === table ? [] : homeOf(home, column)));
        const [home] = homes;
        if (home === undefined || homes.length > 1 || pointsFreely(table, column, home.target, copies)) continue;
        const id = await idThatAllHave(instance, table, column, home);
        if (id === null) continue;
        const foreignKey = table.foreignKeys.some(({ columns }) => columns.includes(column));
        found.push({ table, column, ...home, resource, operation, ids: [id], foreignKey });
      }
    }
  }
  return found;
}

type Home = Pick<ColumnReference, 'target' | 'targetColumn'>;

/** The key of a table that a column is called by: `user_id` by `users`. */
function homeOf(target: Table, column: string): readonly Home[] {
  const noun = /^(.+?)_?(?:id|Id|ID)$/.exec(column)?.[1];
  if (noun === undefined || !isSameNoun(plain(noun), plain(target.name.split('.').at(-1) ?? ''))) return [];
  return target.columns
    .filter(({ name, baseType }) => wholeNumbers.includes(baseType) && isKey(target, name))
    .map(({ name }) => ({ target, targetColumn: name }));
}

function plain(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}

function isKey(table: Table, column: string): boolean {
  return keysOf(table).some((key) => key.length === 1 && key[0] === column);
}

/** A value of the column; null when it has none, or one that names no row of the other table. */
async function idThatAllHave(
  instance: Instance,
  table: Table,
  column: string,
  { target, targetColumn }: Home,
): Promise<number | null> {
  const [name, key] = [identifier(column), identifier(targetColumn)];
  const [row] = await instance.sql(
    `SELECT max(t.${name})::text AS id, bool_and(EXISTS (SELECT FROM ${target.key} h WHERE h.${key} = t.${name})) AS all
     FROM ${table.key} t WHERE t.${name} IS NOT NULL`,
  );
  return row?.['all'] === true ? Number(row['id']) : null;
}
