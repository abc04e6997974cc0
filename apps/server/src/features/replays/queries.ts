import type { Kysely, Selectable } from 'kysely';
import { type Static, Type } from 'typebox';
import type { ReplayTable, Tables } from '../../database/tables.ts';
import { jobAdded } from '../../jobs.ts';
import { exactly, idSchema, named, nullable, timeSchema } from '../../schemas.ts';
import { storable } from '../runs/storable.ts';

export const replaySchema = exactly(
  {
    id: idSchema,
    run: idSchema,
    finding: Type.String(),
    status: Type.Enum(['queued', 'running', 'finished', 'broken', 'interrupted']),
    outcome: nullable(
      Type.Enum(['still-there', 'gone', 'undecided'], {
        description: '`gone` only when the check itself passed or no longer finds it',
      }),
    ),
    reason: Type.String(),
    result: Type.Unknown({ description: 'The finding as it is now, shaped as in a report; null when there is none' }),
    createdAt: timeSchema,
    endedAt: nullable(timeSchema),
  },
  { $id: 'Replay', description: 'One finding, looked for again on a freshly started backend' },
);

export type Replay = Static<typeof replaySchema>;
export const replayRef = named<Replay>('Replay');

function replayOf(row: Selectable<ReplayTable>): Replay {
  return {
    id: row.id,
    run: row.run_id,
    finding: row.finding,
    status: row.status,
    outcome: row.outcome,
    reason: row.reason,
    result: row.result,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export async function insertReplay(db: Kysely<Tables>, id: string, run: string, finding: string): Promise<Replay> {
  const row = await db
    .with('made', (one) =>
      one.insertInto('replay').values({ id, run_id: run, finding, status: 'queued' }).returningAll(),
    )
    .selectFrom('made')
    .selectAll()
    .select(jobAdded('replay', id).as('job'))
    .executeTakeFirstOrThrow();
  return replayOf(row);
}

export async function findReplay(db: Kysely<Tables>, id: string): Promise<Replay | null> {
  const row = await db.selectFrom('replay').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : replayOf(row);
}

export async function beginReplay(db: Kysely<Tables>, id: string): Promise<Replay | null> {
  const row = await db
    .updateTable('replay')
    .set({ status: 'running' })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : replayOf(row);
}

export type ReplayEnd = Pick<Replay, 'outcome' | 'reason' | 'result'> & { readonly status: 'finished' | 'broken' };

export async function endReplay(db: Kysely<Tables>, id: string, end: ReplayEnd): Promise<void> {
  await db
    .updateTable('replay')
    .set({
      status: end.status,
      outcome: end.outcome,
      reason: end.reason,
      result: end.result === null ? null : storable(end.result),
      ended_at: new Date(),
    })
    .where('id', '=', id)
    .execute();
}

/** Those that a killed server left behind. */
export async function interruptReplays(db: Kysely<Tables>): Promise<void> {
  await db
    .updateTable('replay')
    .set({ status: 'interrupted', ended_at: new Date() })
    .where('status', 'in', ['queued', 'running'])
    .execute();
}
