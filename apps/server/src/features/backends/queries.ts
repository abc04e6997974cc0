import path from 'node:path';
import { type Kysely, type Selectable, sql } from 'kysely';
import { decodeCursor, pageOf, uuidPattern } from '../../cursor.ts';
import type { BackendTable, Tables } from '../../database/tables.ts';
import { newId } from '../../identifier.ts';
import { expandHome, isFolder } from '../folders/folder.ts';
import { runOf, runs } from '../runs/queries.ts';
import type { Run } from '../runs/schemas.ts';
import type { Backend, BackendChanges, NewBackend } from './schemas.ts';

function backendOf(row: Selectable<BackendTable>, lastRun: Run | null): Backend {
  return {
    id: row.id,
    folder: row.folder,
    exists: isFolder(expandHome(row.folder)),
    name: row.name,
    challenge: row.challenge,
    contract: row.contract,
    overrides: row.overrides,
    lastRun,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The last run of each of these backends, in one statement. */
async function lastRuns(db: Kysely<Tables>, backends: readonly string[]): Promise<ReadonlyMap<string, Run>> {
  if (backends.length === 0) return new Map();
  const rows = await runs(db)
    .innerJoin(
      sql<{ run_id: string }>`(
        SELECT last.id AS run_id FROM unnest(${sql.val([...backends])}::uuid[]) AS wanted (id)
        CROSS JOIN LATERAL (SELECT id FROM assay.run WHERE backend_id = wanted.id ORDER BY id DESC LIMIT 1) AS last
      )`.as('last'),
      'last.run_id',
      'run.id',
    )
    .execute();
  return new Map(rows.flatMap((row) => (row.backend_id === null ? [] : [[row.backend_id, runOf(row)]])));
}

/** The newest first. */
export async function listBackends(db: Kysely<Tables>, cursor: string | undefined, limit: number) {
  const after = decodeCursor(cursor, uuidPattern);
  let query = db
    .selectFrom('backend')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== null) query = query.where('id', '<', after);
  const rows = await query.execute();
  const last = await lastRuns(
    db,
    rows.slice(0, limit).map(({ id }) => id),
  );
  return pageOf(
    rows,
    limit,
    (row) => row.id,
    (row) => backendOf(row, last.get(row.id) ?? null),
  );
}

export async function findBackend(db: Kysely<Tables>, id: string): Promise<Backend | null> {
  const row = await db.selectFrom('backend').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  return backendOf(row, (await lastRuns(db, [id])).get(id) ?? null);
}

/** Null when the folder is remembered already. */
export async function insertBackend(db: Kysely<Tables>, draft: NewBackend): Promise<Backend | null> {
  const { folder } = draft;
  const row = await db
    .insertInto('backend')
    .values({
      id: newId(),
      folder,
      name: draft.name ?? (path.basename(folder) || folder),
      challenge: draft.challenge ?? null,
      contract: draft.contract ?? null,
      overrides: JSON.stringify(draft.overrides ?? {}),
    })
    .onConflict((conflict) => conflict.column('folder').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : backendOf(row, null);
}

/** Null when there is none. What is not named stays as it is. */
export async function updateBackend(db: Kysely<Tables>, id: string, changes: BackendChanges): Promise<Backend | null> {
  const row = await db
    .updateTable('backend')
    .set({
      updated_at: new Date(),
      ...(changes.name === undefined ? {} : { name: changes.name }),
      ...(changes.challenge === undefined ? {} : { challenge: changes.challenge }),
      ...(changes.contract === undefined ? {} : { contract: changes.contract }),
      ...(changes.overrides === undefined ? {} : { overrides: JSON.stringify(changes.overrides) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : backendOf(row, (await lastRuns(db, [id])).get(id) ?? null);
}

export async function deleteBackend(db: Kysely<Tables>, id: string): Promise<boolean> {
  return (await db.deleteFrom('backend').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
}
