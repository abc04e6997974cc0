import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { notFound } from '../../problems.ts';
import { findBackend } from '../backends/queries.ts';
import { findReport, type RunDraft } from './queries.ts';
import type { NewRun } from './schemas.ts';

/** What a wished run is to judge. What is wrong with it the run itself tells: it breaks, and stays in the list. */
export async function subjectOf(db: Kysely<Tables>, wish: NewRun): Promise<Omit<RunDraft, 'id'>> {
  const known = 'backend' in wish ? await findBackend(db, wish.backend) : null;
  if ('backend' in wish && known === null) throw notFound('backend');
  const challenge = wish.challenge ?? (wish.contract == null ? (known?.challenge ?? null) : null);
  const contract = wish.contract ?? (wish.challenge == null ? (known?.contract ?? null) : null);
  return {
    backend: known?.id ?? null,
    folder: 'folder' in wish ? wish.folder : (known?.folder ?? ''),
    challenge,
    contract,
    only: wish.only ?? [],
    seed: wish.seed ?? Math.floor(Math.random() * 0x7fffffff),
    budgetSeconds: wish.budgetSeconds ?? null,
    watch: wish.watch ?? false,
  };
}

/** The checks of a run that failed, or could not be decided; those of the launch are in every run. */
export async function failedChecks(db: Kysely<Tables>, run: string): Promise<readonly string[]> {
  const report = await findReport(db, run);
  if (report === null) return [];
  return report.checks
    .filter(({ status, area }) => (status === 'failed' || status === 'undecided') && area !== 'launch')
    .map(({ id }) => id);
}
