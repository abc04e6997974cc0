import { Fault } from '@assay/contract';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { up as first } from './migrations/001-first.ts';
import { up as practice } from './migrations/002-practice.ts';
import type { Tables } from './tables.ts';

/** Everything of ours stands in a schema of its own, so that another program's tables in the same database are left alone. */
export const schemaName = 'assay';

/** In the order of their names, which is the order in which they are applied. A migration that was released is never changed. */
const migrations: Readonly<Record<string, Migration>> = {
  '001-first': { up: first },
  '002-practice': { up: practice },
};

/** Brings the database to what this version needs. Throws the fault `postgres-unavailable` for a newer one, and for another program's. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await refuseForeign(db);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: schemaName,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const applied = await appliedIn(db);
  const unknown = applied.filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) {
    throw new Fault(
      'postgres-unavailable',
      `The database was made by a newer Assay (it knows ${unknown.join(', ')}).`,
      'Use that version, or set ASSAY_HOME (or DATABASE_URL) to another place.',
    );
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Fault('postgres-unavailable', `The database cannot be brought to this version: ${what}.`, undefined, {
      cause: error,
    });
  }
}

async function appliedIn(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows: tables } = await sql<{
    found: string | null;
  }>`SELECT to_regclass(${`${schemaName}.migration`})::text AS found`.execute(db);
  if (tables[0]?.found == null) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${sql.table(`${schemaName}.migration`)}`.execute(db);
  return rows.map(({ name }) => name);
}

/** A schema of our name with tables, and without our record of migrations, is somebody else's. */
async function refuseForeign(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${schemaName} ORDER BY 1`.execute(db);
  const names = rows.map(({ name }) => name);
  if (names.length > 0 && !names.includes('migration')) {
    throw new Fault(
      'postgres-unavailable',
      `The schema ${schemaName} of the database belongs to another program (it holds ${names.slice(0, 3).join(', ')}).`,
      'Give another database with DATABASE_URL.',
    );
  }
}
