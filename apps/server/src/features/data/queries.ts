import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { schemaName } from '../../database/migrate.ts';
import type { Tables } from '../../database/tables.ts';

/** In an order in which they could be put back. */
const tables = ['setting', 'backend', 'run', 'report', 'run_event', 'replay', 'practice_attempt'] as const;
const pageSize = 500;

/** Every row as a line: `{"table":"run","row":{…}}`. Read page by page: what is stored may be larger than the memory. */
export async function* exported(db: Kysely<Tables>): AsyncGenerator<string> {
  for (const table of tables) {
    for (let offset = 0; ; offset += pageSize) {
      const { rows } = await sql<{ row: unknown }>`
        SELECT to_jsonb(t) AS row FROM ${sql.table(`${schemaName}.${table}`)} AS t ORDER BY ${sql.raw(orders[table])} LIMIT ${pageSize} OFFSET ${offset}`.execute(
        db,
      );
      for (const { row } of rows) yield `${JSON.stringify({ table, row })}\n`;
      if (rows.length < pageSize) break;
    }
  }
}

const orders: Readonly<Record<(typeof tables)[number], string>> = {
  setting: 'name',
  backend: 'id',
  run: 'id',
  report: 'run_id',
  run_event: 'run_id, sequence',
  replay: 'id',
  practice_attempt: 'id',
};

export async function deleteEverything(db: Kysely<Tables>): Promise<void> {
  // With what belongs to runs.
  await sql`TRUNCATE ${sql.join(tables.map((table) => sql.table(`${schemaName}.${table}`)))}`.execute(db);
}
