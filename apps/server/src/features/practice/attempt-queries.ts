import type { Answer, Mark, Shown } from '@assay/practice';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { PracticeAttemptTable, Tables } from '../../database/tables.ts';
import { addJob } from '../../jobs.ts';
import { storable } from '../runs/storable.ts';

export type AttemptRow = Selectable<PracticeAttemptTable>;

interface NewAttempt {
  readonly id: string;
  readonly question: string;
  readonly seed: number;
  readonly interview: string | null;
  readonly shown: Shown;
}

export function insertAttempt(db: Kysely<Tables>, attempt: NewAttempt): Promise<AttemptRow> {
  return db
    .insertInto('practice_attempt')
    .values({ ...attempt, shown: storable(attempt.shown) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findAttempt(db: Kysely<Tables>, id: string): Promise<AttemptRow | null> {
  return (await db.selectFrom('practice_attempt').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Null when it is not open. */
export async function giveHint(db: Kysely<Tables>, id: string, most: number): Promise<AttemptRow | null> {
  const row = await db
    .updateTable('practice_attempt')
    .set({ hints: sql<number>`least(hints + 1, ${most})` })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** What a person gave, and how long it took. */
export interface Given {
  readonly answer: Answer;
  readonly seconds: number;
  readonly thinkingSeconds: number;
}

function givenValues({ answer, seconds, thinkingSeconds }: Given) {
  return { answer: storable(answer), seconds, thinking_seconds: thinkingSeconds };
}

/** Queues the marking, together with the answer that it is for. Null when it is not open. */
export function beginMarking(db: Kysely<Tables>, id: string, given: Given): Promise<AttemptRow | null> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('practice_attempt')
      .set({ status: 'marking', ...givenValues(given) })
      .where('id', '=', id)
      .where('status', '=', 'open')
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return null;
    await addJob(tx, 'mark', id);
    return row;
  });
}

/** The points are to be confirmed. Null when it is not open any more. */
export async function proposeMark(
  db: Kysely<Tables>,
  id: string,
  given: Given,
  mark: Mark,
): Promise<AttemptRow | null> {
  const row = await db
    .updateTable('practice_attempt')
    .set({ status: 'proposed', mark: storable(mark), ...givenValues(given) })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Null when it was ended already: by another tab, or by the same answer sent twice. */
export async function endAttempt(
  db: Kysely<Tables>,
  id: string,
  given: Given,
  end: { readonly mark: Mark; readonly rating: number; readonly dueAt: Date },
): Promise<AttemptRow | null> {
  const row = await db
    .updateTable('practice_attempt')
    .set({
      status: 'answered',
      mark: storable(end.mark),
      rating: end.rating,
      due_at: end.dueAt,
      answered_at: new Date(),
      ...givenValues(given),
    })
    .where('id', '=', id)
    .where('status', 'in', ['open', 'proposed', 'marking'])
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Null when it was answered. */
export async function leaveAttempt(db: Kysely<Tables>, id: string): Promise<AttemptRow | null> {
  const row = await db
    .updateTable('practice_attempt')
    .set({ status: 'left' })
    .where('id', '=', id)
    .where('status', 'in', ['open', 'proposed', 'left'])
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** What could not be marked waits for its answer again. */
export async function reopenAttempt(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .updateTable('practice_attempt')
    .set({ status: 'open' })
    .where('id', '=', id)
    .where('status', '=', 'marking')
    .execute();
}

/** What a killed server left behind waits again; what is older than a month, and in the log, goes. */
export async function recoverAttempts(db: Kysely<Tables>): Promise<void> {
  await db.updateTable('practice_attempt').set({ status: 'open' }).where('status', '=', 'marking').execute();
  await db.deleteFrom('practice_attempt').where('opened_at', '<', sql<Date>`now() - interval '30 days'`).execute();
}
