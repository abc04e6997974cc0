import type { Skill } from '@assay/contract';
import type { Home } from '@assay/engine';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { ofOwnBackend } from './own-backends.ts';

export interface ProvenCheck {
  readonly skill: Skill;
  readonly proven: number;
  readonly open: number;
}

/**
 * How many checks are proven, and how many are open. One is proven when it held the last time that any of the person's backends was held to it: an experiment elsewhere takes
 * nothing away.
 */
export async function provenChecks(db: Kysely<Tables>, home: Home): Promise<readonly ProvenCheck[]> {
  const { rows } = await sql<{ skill: Skill; proven: string; open: string }>`
    SELECT skill, count(*) FILTER (WHERE holds) AS proven, count(*) FILTER (WHERE NOT holds) AS open
    FROM (
      SELECT min(skill) AS skill, bool_or(status = 'passed') AS holds
      FROM (
        SELECT DISTINCT ON (recent.folder, checked ->> 'id')
          checked ->> 'id' AS id, checked ->> 'skill' AS skill, checked ->> 'status' AS status
        FROM (
          SELECT id, folder FROM assay.run WHERE verdict IS NOT NULL AND ${ofOwnBackend(home)} ORDER BY id DESC LIMIT 200
        ) AS recent
        JOIN assay.report AS report ON report.run_id = recent.id
        CROSS JOIN LATERAL jsonb_array_elements(report.report -> 'checks') AS checked
        WHERE checked ->> 'status' <> 'not-applicable'
        ORDER BY recent.folder, checked ->> 'id', recent.id DESC
      ) AS latest
      GROUP BY id
    ) AS checks
    GROUP BY skill`.execute(db);
  return rows.map(({ skill, proven, open }) => ({ skill, proven: Number(proven), open: Number(open) }));
}

export interface ProvenChallenge {
  readonly slug: string;
  readonly language: string;
  readonly framework: string | null;
  readonly at: Date;
}

/** Which challenges the person's backends have passed, in which stacks; each once, when it was the first time. */
export async function provenChallenges(db: Kysely<Tables>, home: Home): Promise<readonly ProvenChallenge[]> {
  const { rows } = await sql<ProvenChallenge>`
    SELECT challenge AS slug, stack ->> 'language' AS language, stack ->> 'framework' AS framework, min(ended_at) AS at
    FROM assay.run WHERE verdict = 'passed' AND challenge IS NOT NULL AND stack IS NOT NULL AND cardinality(wanted) = 0
      AND ${ofOwnBackend(home)}
    GROUP BY 1, 2, 3 ORDER BY at`.execute(db);
  return rows;
}
