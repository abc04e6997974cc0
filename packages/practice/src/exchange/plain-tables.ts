import { statSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

export interface PlainTables {
  rows(table: string, columns: readonly string[]): Iterable<Record<string, SQLOutputValue>>;
  close(): void;
}

/**
 * Opens a SQLite file that somebody else has made, of which nothing shall be read but what stands in it. What would compute, and may do so without end, is refused: views, even where nobody asks for
 * them, virtual tables, generated columns. Nothing is sorted or joined here, so that each row comes at once.
 */
export function openPlainTables(file: string): PlainTables {
  const database = new DatabaseSync(file, { readOnly: true });
  const bytes = statSync(file).size;
  try {
    // SQLite itself writes these words so.
    for (const { sql } of within(bytes, database.prepare('SELECT sql FROM sqlite_schema').iterate()))
      if (sql !== null && !/^CREATE (TABLE|INDEX|UNIQUE INDEX) /.test(String(sql)))
        throw new Error('There is more in it than tables.');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    rows(table, columns) {
      const computed = database.prepare('SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden > 0').get(table);
      if (computed !== undefined) throw new Error(`${table} has columns that are computed.`);
      return within(bytes, database.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).iterate());
    },
    close: () => database.close(),
  };
}

/** A row takes more than four bytes, and a text its own length: where there is more than the file can hold, its pages are shown again and again. */
function* within(
  bytes: number,
  rows: Iterable<Record<string, SQLOutputValue>>,
): Iterable<Record<string, SQLOutputValue>> {
  let left = bytes;
  for (const row of rows) {
    left -= 4;
    for (const value of Object.values(row))
      if (typeof value === 'string' || value instanceof Uint8Array) left -= value.length;
    if (left < 0) throw new Error('There is more in it than its size allows.');
    yield row;
  }
}
