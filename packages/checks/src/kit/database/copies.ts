import { keysOf, type Table } from './catalog.ts';

/** Fewer columns than these another table has by chance. */
const leastColumns = 3;
/** What guards a row against lost updates is left out by some. */
const guard = /^(version|lock_?version|opt_?lock|row_?version)$/i;
/** What such a table tells of a row besides: since when, until when, by whom, and what was done to it. */
const tells =
  /^(rev(ision|type|end)?|history|transaction|operation|action|event|changed?|valid|period|audit(ed)?|deleted|archived|recorded|snapshot|pgh)$/;

/**
 * The keys of tables that keep what rows of another table once were, known by their shape, since Envers, django-simple-history, Continuum and
 * triggers name them as they like: all columns of the other table stand in it by name, its key too, which may come there many times.
 */
export function copiesIn(tables: readonly Table[]): ReadonlySet<string> {
  return new Set(tables.filter((table) => tables.some((other) => isCopyOf(table, other))).map(({ key }) => key));
}

function isCopyOf(table: Table, original: Table): boolean {
  const names = new Set(table.columns.map(({ name }) => name));
  const [own] = singleKeys(original).filter((key) => names.has(key));
  if (table === original || own === undefined || singleKeys(table).includes(own)) return false;
  const owed = original.columns.map(({ name }) => name).filter((name) => !guard.test(name));
  const more = table.columns.filter(({ name }) => !original.columns.some((column) => column.name === name));
  return (
    original.columns.length >= leastColumns &&
    owed.every((name) => names.has(name)) &&
    more.some(({ name }) => wordsOf(name).some((word) => tells.test(word)))
  );
}

function singleKeys(table: Table): readonly string[] {
  return keysOf(table).flatMap((key) => (key.length === 1 ? key : []));
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
}
