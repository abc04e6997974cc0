import type { ShownTable } from '../mark/mark.ts';
import type { Connection } from './connect.ts';

/** How many rows of each table are shown. */
const shownRows = 12;

/** The tables of a schema with their first rows. */
export async function readTables({ client }: Connection, schema: string): Promise<readonly ShownTable[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = '${schema}' ORDER BY tablename`,
  );
  const tables: ShownTable[] = [];
  for (const { name } of rows) {
    const table = await client.query<(string | null)[]>({
      text: `SELECT * FROM ${schema}.${name} ORDER BY 1 LIMIT ${shownRows}`,
      rowMode: 'array',
    });
    const { rows: counted } = await client.query<{ all: string }>(`SELECT count(*) AS "all" FROM ${schema}.${name}`);
    const more = Number(counted[0]?.all ?? 0) - table.rows.length;
    tables.push({ name, columns: table.fields.map((field) => field.name), rows: table.rows, more });
  }
  return tables;
}
