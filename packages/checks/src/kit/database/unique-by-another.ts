import type { Table } from './catalog.ts';
import type { StoredRow } from './new-rows.ts';

const textTypes = ['text', 'character varying', 'character', 'citext'];

/**
 * Whether a column cannot hold a value twice although no index of its own says so: a unique column beside it is made of it, as a slug is of a
 * title and `email_canonical` of an address. In the rows that were seen it was so each time.
 */
export function isUniqueByAnother(table: Table, column: string, rows: readonly StoredRow[]): boolean {
  return table.indexes.some(({ unique, primary, columns }) => {
    const [only] = columns;
    if (!unique || primary || columns.length !== 1 || only == null || only === column) return false;
    const type = table.columns.find(({ name }) => name === only)?.baseType ?? '';
    return textTypes.includes(type) && isMadeOf(only, column, rows);
  });
}

function isMadeOf(derived: string, column: string, rows: readonly StoredRow[]): boolean {
  const pairs = rows.flatMap(({ values }) => {
    const [from, to] = [values[column], values[derived]].map((value) => lettersOf(value ?? ''));
    return from === undefined || to === undefined || from === '' ? [] : [{ from, to }];
  });
  // It may be cut to what the column takes.
  return pairs.length > 1 && pairs.every(({ from, to }) => to !== '' && from.startsWith(to));
}

/** What of a text survives in a slug: its letters and digits, without their marks. */
function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
