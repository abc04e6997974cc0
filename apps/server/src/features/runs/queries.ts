import type { CheckResult, Report } from '@assay/contract';
import type { Plots } from '@assay/prove';
import { type Kysely, type QueryCreator, type Selectable, sql } from 'kysely';
import { jobAdded } from '../../jobs.ts';
import { decodeCursor, pageOf, uuidPattern } from '../../cursor.ts';
import type { RunStatus, RunTable, StoredFault, Tables } from '../../database/tables.ts';
import { whyNoFolder } from '../folders/folder.ts';
import type { Run } from './schemas.ts';
import { cleaned, storable } from './storable.ts';

type RunRow = Selectable<RunTable> & { readonly next_id: string | null };

/** What lists and pages of runs are made from. */
export function runs(db: Kysely<Tables>) {
  return db
    .selectFrom('run')
    .selectAll('run')
    .select((of) =>
      of
        .selectFrom('run as later')
        .select('later.id')
        .whereRef('later.previous_id', '=', 'run.id')
        .orderBy('later.id', 'desc')
        .limit(1)
        .as('next_id'),
    );
}

export function runOf(row: RunRow): Run {
  return {
    id: row.id,
    status: row.status,
    fault: row.fault,
    backend: row.backend_id,
    folder: row.folder,
    challenge: row.challenge,
    contract: row.contract,
    only: row.wanted,
    seed: row.seed,
    budgetSeconds: row.budget_seconds,
    watch: row.watch,
    verdict: row.verdict,
    reason: row.reason,
    stack: row.stack,
    counts: { passed: row.passed, failed: row.failed, undecided: row.undecided, notApplicable: row.not_applicable },
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    previous: row.previous_id,
    next: row.next_id,
  };
}

export interface RunFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly backend?: string | undefined;
  readonly challenge?: string | undefined;
  readonly verdict?: Report['verdict'] | undefined;
  readonly status?: RunStatus | undefined;
}

/** The newest first. */
export async function listRuns(db: Kysely<Tables>, filter: RunFilter) {
  const after = decodeCursor(filter.cursor, uuidPattern);
  let query = runs(db)
    .orderBy('run.id', 'desc')
    .limit(filter.limit + 1);
  if (after !== null) query = query.where('run.id', '<', after);
  if (filter.backend !== undefined) query = query.where('run.backend_id', '=', filter.backend);
  if (filter.challenge !== undefined) query = query.where('run.challenge', '=', filter.challenge);
  if (filter.verdict !== undefined) query = query.where('run.verdict', '=', filter.verdict);
  if (filter.status !== undefined) query = query.where('run.status', '=', filter.status);
  return pageOf(await query.execute(), filter.limit, (row) => row.id, runOf);
}

export async function findRun(db: Kysely<Tables>, id: string): Promise<Run | null> {
  const row = await runs(db).where('run.id', '=', id).executeTakeFirst();
  return row === undefined ? null : runOf(row);
}

export interface RunDraft {
  readonly id: string;
  readonly backend: string | null;
  readonly folder: string;
  readonly challenge: string | null;
  readonly contract: string | null;
  readonly only: readonly string[];
  readonly seed: number;
  readonly budgetSeconds: number | null;
  readonly watch: boolean;
}

/** Queued together with the job that judges it; in a folder that is not there it is broken at once, and says why. The run before it is the last one of the same folder. */
export async function insertRun(db: Kysely<Tables>, draft: RunDraft): Promise<Run> {
  const refusal = whyNoFolder(draft.folder);
  const row = await db
    .with('made', (one) => rowOf(one, draft, refusal))
    .selectFrom('made')
    .selectAll()
    .select((refusal === null ? jobAdded('judge', draft.id) : sql`NULL`).as('job'))
    .executeTakeFirstOrThrow();
  return runOf({ ...row, next_id: null });
}

function rowOf(db: QueryCreator<Tables>, draft: RunDraft, refusal: StoredFault | null) {
  return db
    .insertInto('run')
    .values((of) => ({
      id: draft.id,
      backend_id: draft.backend,
      previous_id: of
        .selectFrom('run as earlier')
        .select('earlier.id')
        .where('earlier.folder', '=', draft.folder)
        .orderBy('earlier.id', 'desc')
        .limit(1),
      folder: draft.folder,
      challenge: draft.challenge,
      contract: draft.contract,
      wanted: draft.only,
      seed: draft.seed,
      budget_seconds: draft.budgetSeconds,
      watch: draft.watch,
      status: refusal === null ? 'queued' : 'broken',
      fault: refusal === null ? null : JSON.stringify(refusal),
      ended_at: refusal === null ? null : new Date(),
    }))
    .returningAll();
}

/** Null when it is not there to be begun: it was stopped or deleted in the meantime. */
export async function beginRun(db: Kysely<Tables>, id: string) {
  return (
    (await db
      .updateTable('run')
      .set({ status: 'running', started_at: new Date() })
      .where('id', '=', id)
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst()) ?? null
  );
}

export interface RunEnd {
  readonly status: RunStatus;
  readonly fault: StoredFault | null;
  readonly report: Report | null;
  readonly plots: Plots | null;
}

/** Keeps how a run ended, with its report. */
export async function endRun(db: Kysely<Tables>, id: string, { status, fault, report, plots }: RunEnd): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('run')
      .set({
        status,
        fault: fault === null ? null : storable(fault),
        ended_at: new Date(),
        ...(report === null ? {} : told(report)),
      })
      .where('id', '=', id)
      .where('status', 'in', ['queued', 'running'])
      .returning('id')
      .executeTakeFirst();
    if (changed === undefined || report === null) return;
    await tx
      .insertInto('report')
      .values({ run_id: id, report: storable(report), plots: plots === null ? null : storable(plots) })
      .onConflict((conflict) => conflict.column('run_id').doNothing())
      .execute();
  });
}

function told(report: Report) {
  const count = (status: CheckResult['status']): number =>
    report.checks.filter((check) => check.status === status).length;
  return {
    verdict: report.verdict,
    reason: cleaned(report.reason),
    challenge: report.challenge,
    passed: count('passed'),
    failed: count('failed'),
    undecided: count('undecided'),
    not_applicable: count('not-applicable'),
    stack: storable(report.backend.stack),
  };
}

/** Only one that has ended. False when there is none such. */
export async function deleteRun(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('run')
    .where('id', '=', id)
    .where('status', 'not in', ['queued', 'running'])
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A run that has not begun is stopped by a word. */
export async function stopQueued(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db
    .updateTable('run')
    .set({ status: 'stopped', ended_at: new Date() })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function stopWatching(db: Kysely<Tables>, id: string): Promise<void> {
  await db.updateTable('run').set({ watch: false }).where('id', '=', id).execute();
}

export async function findReport(db: Kysely<Tables>, id: string): Promise<Report | null> {
  const row = await db.selectFrom('report').select('report').where('run_id', '=', id).executeTakeFirst();
  return row?.report ?? null;
}

/** Runs that a killed server left behind. */
export async function openRuns(
  db: Kysely<Tables>,
): Promise<readonly { readonly id: string; readonly status: RunStatus }[]> {
  return db.selectFrom('run').select(['id', 'status']).where('status', 'in', ['queued', 'running']).execute();
}

/** The last runs of folders that are watched, which have ended. */
export async function watchedRuns(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('run')
    .select('id')
    .where('watch', '=', true)
    .where('status', 'not in', ['queued', 'running'])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('run as later').select('later.id').whereRef('later.previous_id', '=', 'run.id'))),
    )
    .execute();
  return rows.map(({ id }) => id);
}
