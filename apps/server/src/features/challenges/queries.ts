import type { Home } from '@assay/engine';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { ofOwnBackend } from '../skills/own-backends.ts';
import type { Challenge } from './schemas.ts';

export type Progress = Challenge['progress'];

export const noProgress: Progress = { runs: 0, best: null, lastRun: null, passed: 0, total: 0 };

/** How far the person's own backends have proven each challenge, in one statement: of the best run, and of those the last. */
export async function progressOf(db: Kysely<Tables>, home: Home): Promise<ReadonlyMap<string, Progress>> {
  const { rows } = await sql<{
    challenge: string;
    runs: string;
    last: Date;
    best: Progress['best'];
    passed: number;
    total: number;
  }>`
    SELECT challenge, count(*) AS runs, max(created_at) AS last,
      (array_agg(verdict ORDER BY place, id DESC))[1] AS best,
      (array_agg(passed ORDER BY place, id DESC))[1] AS passed,
      (array_agg(passed + failed + undecided ORDER BY place, id DESC))[1] AS total
    FROM (
      SELECT *, CASE verdict WHEN 'passed' THEN 0 WHEN 'failed' THEN 1 WHEN 'undecided' THEN 2 ELSE 3 END AS place
      FROM assay.run WHERE challenge IS NOT NULL AND ${ofOwnBackend(home)}
    ) AS judged
    GROUP BY challenge`.execute(db);
  return new Map(
    rows.map(({ challenge, runs, last, best, passed, total }) => [
      challenge,
      { runs: Number(runs), best, lastRun: last.toISOString(), passed, total },
    ]),
  );
}
