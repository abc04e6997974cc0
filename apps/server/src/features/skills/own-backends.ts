import path from 'node:path';
import type { Home } from '@assay/engine';
import { challengesFolder } from '@assay/prove';
import { type RawBuilder, sql } from 'kysely';

/** True for a run of a backend that the person may have written: not of a sample that Assay wrote, nor of a reference, starter or mutant that comes with it. */
export function ofOwnBackend({ root }: Pick<Home, 'root'>): RawBuilder<boolean> {
  const ofAssay = [path.join(root, 'samples'), challengesFolder];
  return sql`NOT (${sql.join(
    ofAssay.map((folder) => sql`starts_with(run.folder, ${folder + path.sep})`),
    sql` OR `,
  )})`;
}
