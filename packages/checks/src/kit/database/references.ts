import { type Instance, isSameNoun, type Json } from '@assay/contract';
import { type Column, keysOf, type Table } from './catalog.ts';
import { copiesIn } from './copies.ts';
import { meansAnything, pointsFreely } from './points-freely.ts';
import { identifier, literal } from './quote.ts';
import { isSameValue } from './same-value.ts';
import { attempt, attemptDeclarations, trial } from './trial.ts';
import type { Writes, WrittenResource } from './written.ts';

/** A column that certainly holds the ids of another table: it did so each time, with other ids each time, and its name says so. */
export interface ColumnReference {
  readonly table: Table;
  readonly column: string;
  readonly target: Table;
  readonly targetColumn: string;
  /** What it refers to. */
  readonly resource: string;
  /** The operation that was seen to write it. */
  readonly operation: string;
  readonly ids: readonly Json[];
  readonly foreignKey: boolean;
}

export function referencesOf({ tables, resources }: Writes): readonly ColumnReference[] {
  const byKey = new Map(tables.map((table) => [table.key, table]));
  const found = new Map<string, ColumnReference>();
  for (const target of resources) {
    const home = idColumn(target, byKey);
    if (home === null) continue;
    for (const source of resources) {
      for (const reference of referencesBetween(source, target, home, byKey)) {
        const key = `${reference.table.key}.${reference.column}`;
        if (!found.has(key)) found.set(key, reference);
      }
    }
  }
  return [...found.values()];
}

interface Home {
  readonly table: Table;
  readonly column: string;
}

/** The column of a key that holds the resource's id. */
function idColumn(resource: WrittenResource, byKey: ReadonlyMap<string, Table>): Home | null {
  const table = resource.table === null ? undefined : byKey.get(resource.table);
  if (table === undefined) return null;
  const column = keysOf(table)
    .flatMap((key) => (key.length === 1 ? key : []))
    .find((name) =>
      resource.written.every(
        ({ id, rows }) =>
          id !== null && rows.some((row) => row.table === table.key && isSameValue(id, row.values[name] ?? null)),
      ),
    );
  return column === undefined ? null : { table, column };
}

function referencesBetween(
  source: WrittenResource,
  target: WrittenResource,
  home: Home,
  byKey: ReadonlyMap<string, Table>,
): readonly ColumnReference[] {
  const places: (Json | undefined)[][] = [];
  // Either the ids that the requests carried, place by place, or the id of what was made, in other tables that it was written to.
  const carried = new Set(
    source.written.flatMap(({ references }) =>
      references.filter(({ resource }) => resource === target.resource).map(({ name }) => name),
    ),
  );
  for (const name of carried)
    places.push(
      source.written.map(
        ({ references }) => references.find((each) => each.resource === target.resource && each.name === name)?.id,
      ),
    );
  if (source === target) places.push(source.written.map(({ id }) => id));
  return places.flatMap((ids) => columnsHolding(source, target, home, byKey, ids));
}

function columnsHolding(
  source: WrittenResource,
  target: WrittenResource,
  home: Home,
  byKey: ReadonlyMap<string, Table>,
  given: readonly (Json | undefined)[],
): readonly ColumnReference[] {
  const withIds = source.written.flatMap((one, index) => {
    const id = given[index];
    return id === undefined || id === null ? [] : [{ ...one, held: id }];
  });
  if (new Set(withIds.map(({ held }) => JSON.stringify(held))).size < 2) return [];
  const copies = copiesIn([...byKey.values()]);
  const targetType = home.table.columns.find(({ name }) => name === home.column)?.baseType;
  return [...byKey.values()].flatMap((table) =>
    table.columns.flatMap((column) => {
      if (table.key === home.table.key && column.name === home.column) return [];
      if (pointsFreely(table, column.name, home.table, copies)) return [];
      if (!canHold(column, targetType)) return [];
      if (!namesNoun(column.name, target.resource, home.table.name)) return [];
      const rows = withIds.map(({ rows: left, held }) =>
        left.find((row) => row.table === table.key && isSameValue(held, row.values[column.name] ?? null)),
      );
      // A request may leave out what it refers to; a row that was written must have it.
      const written = withIds.every(
        ({ rows: left }, index) => rows[index] !== undefined || !left.some((row) => row.table === table.key),
      );
      if (!written || rows.filter((row) => row !== undefined).length < 2) return [];
      return [
        {
          table,
          column: column.name,
          target: home.table,
          targetColumn: home.column,
          resource: target.resource,
          operation: source.operation,
          ids: withIds.map(({ held }) => held),
          foreignKey: table.foreignKeys.some(({ columns }) => columns.includes(column.name)),
        },
      ];
    }),
  );
}

/**
 * Columns that no request carries an id for, such as the one for whose a thing is: a UUID that stands as the key of a row of another table came from there.
 * @param known what is left out, because it was found otherwise
 */
export async function uuidReferences(
  instance: Instance,
  { tables, resources }: Writes,
  known: readonly ColumnReference[],
): Promise<readonly ColumnReference[]> {
  const homes = tables.flatMap((table) =>
    keysOf(table).flatMap(([column, ...others]) =>
      others.length === 0 && typeOf(table, column) === 'uuid' ? [{ table, column: column ?? '' }] : [],
    ),
  );
  const copies = copiesIn(tables);
  const found: ColumnReference[] = [];
  for (const { resource, operation, written } of resources) {
    for (const row of written.slice(0, 1).flatMap(({ rows }) => rows)) {
      const table = tables.find(({ key }) => key === row.table);
      if (table === undefined) continue;
      const isKnown = (column: string): boolean =>
        [...known, ...found].some((one) => one.table.key === table.key && one.column === column) ||
        keysOf(table).some((key) => key.length === 1 && key[0] === column);
      for (const { name, baseType } of table.columns) {
        const value = row.values[name];
        if (baseType !== 'uuid' || typeof value !== 'string' || isKnown(name)) continue;
        if (meansAnything(name)) continue;
        for (const home of homes.filter((one) => one.table.key !== table.key)) {
          if (pointsFreely(table, name, home.table, copies)) continue;
          const rows = await instance.sql(
            `SELECT 1 FROM ${home.table.key} WHERE ${identifier(home.column)} = $1::uuid`,
            [value],
          );
          if (rows.length === 0) continue;
          found.push({
            table,
            column: name,
            target: home.table,
            targetColumn: home.column,
            resource,
            operation,
            ids: [value],
            foreignKey: table.foreignKeys.some(({ columns }) => columns.includes(name)),
          });
          break;
        }
      }
    }
  }
  return found;
}

function typeOf({ columns }: Table, column: string | undefined): string | undefined {
  return columns.find(({ name }) => name === column)?.baseType;
}

/** Types of whole numbers; a foreign key may be of another one than what it refers to. */
export const wholeNumbers: readonly string[] = ['smallint', 'integer', 'bigint'];

/** Ids that are kept as text, of a table that keeps them otherwise, can be meant all the same. */
function canHold({ baseType }: Column, other: string | undefined): boolean {
  if (wholeNumbers.includes(baseType)) return other !== undefined && wholeNumbers.includes(other);
  return baseType === other || (other === 'uuid' && ['text', 'character varying', 'character'].includes(baseType));
}

/** `to_account_id` and `fromAccount` name accounts. */
function namesNoun(column: string, resource: string, table: string): boolean {
  const words = column
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '' && word !== 'id' && word !== 'uuid' && word !== 'fk');
  return words.some((_, from) => {
    const noun = words.slice(from).join('-');
    return isSameNoun(noun, resource.split('/').at(-1) ?? '') || isSameNoun(noun, table.split('.').at(-1) ?? '');
  });
}

/** A value that names no row of the other table and that the database takes all the same, as text; null when it refuses, or cannot be tried. */
export async function danglingReference(instance: Instance, reference: ColumnReference): Promise<string | null> {
  const { table, column, ids } = reference;
  const held = ids.map(String).at(-1) ?? '';
  const value = unknownValue(reference, held);
  if (value === null) return null;
  const row = `ctid = (SELECT ctid FROM ${table.key} WHERE ${identifier(column)} = ${literal(held)} LIMIT 1)`;
  const result = await trial(
    instance,
    `EXECUTE ${literal(`SELECT (${value})::text`)} INTO unknown;
     ${attempt(`EXECUTE format(${literal(`UPDATE ${table.key} SET ${identifier(column)} = %L WHERE ${row}`)}, unknown)`)}
     result := CASE WHEN accepted THEN to_jsonb(unknown) END;`,
    `${attemptDeclarations} unknown text;`,
  );
  return typeof result === 'string' ? result : null;
}

/** SQL for a value that the target has not, of the same form as one that the column holds. */
function unknownValue({ table, column, target, targetColumn }: ColumnReference, held: string): string | null {
  const type = table.columns.find(({ name }) => name === column)?.baseType ?? '';
  const key = identifier(targetColumn);
  if ([...wholeNumbers, 'numeric'].includes(type)) return `coalesce((SELECT max(${key}) FROM ${target.key}), 0) + 1`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (!['text', 'character varying', 'character'].includes(type)) return null;
  const words = alike(held).map(literal).join(', ');
  return `coalesce((SELECT word FROM unnest(ARRAY[${words}]::text[]) word
    WHERE NOT EXISTS (SELECT FROM ${target.key} WHERE ${key}::text = word) LIMIT 1), gen_random_uuid()::text)`;
}

/** A longer key is turned into as many texts of its length, and no column is as short as that. */
const mostLetters = 64;

/** Texts of the same length and letters: a column may be just as long as a ULID, and know its letters. None for a UUID, of which there is always another. */
function alike(held: string): readonly string[] {
  const letters = Array.from(held);
  if (/^[0-9a-f-]{36}$/i.test(held) || letters.length > mostLetters) return [];
  const half = Math.floor(letters.length / 2);
  const turned = letters.slice(half);
  return turned.map((_, at) => [...letters.slice(0, half), ...turned.slice(at), ...turned.slice(0, at)].join(''));
}
