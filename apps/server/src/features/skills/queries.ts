import type { Skill } from '@assay/contract';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';

export interface ProvenCheck {
  readonly skill: Skill;
  readonly proven: number;
  readonly open: number;
}

/** Of each check its latest outcome in any run that ended: how many are proven, and how many are open. */
export async function provenChecks(db: Kysely<Tables>): Promise<readonly ProvenCheck[]> {
  const { rows } = await sql<{ skill: Skill; proven: string; open: string }>`
    SELECT skill, count(*) FILTER (WHERE status = 'passed') AS proven, count(*) FILTER (WHERE status <> 'passed') AS open
    FROM (
      SELECT DISTINCT ON (checked ->> 'id') checked ->> 'skill' AS skill, checked ->> 'status' AS status
      FROM (SELECT id FROM assay.run WHERE verdict IS NOT NULL ORDER BY id DESC LIMIT 200) AS recent
      JOIN assay.report AS report ON report.run_id = recent.id
      CROSS JOIN LATERAL jsonb_array_elements(report.report -> 'checks') AS checked
      WHERE checked ->> 'status' <> 'not-applicable'
      ORDER BY checked ->> 'id', recent.id DESC
    ) AS latest
    GROUP BY skill`.execute(db);
  return rows.map(({ skill, proven, open }) => ({ skill, proven: Number(proven), open: Number(open) }));
}

export interface ProvenChallenge {
  readonly slug: string;
  readonly language: string;
  readonly framework: string | null;
  readonly at: Date;
}

/** Which challenges were passed, in which stacks; each once, when it was the first time. */
export async function provenChallenges(db: Kysely<Tables>): Promise<readonly ProvenChallenge[]> {
  const { rows } = await sql<ProvenChallenge>`
    SELECT challenge AS slug, stack ->> 'language' AS language, stack ->> 'framework' AS framework, min(ended_at) AS at
    FROM assay.run WHERE verdict = 'passed' AND challenge IS NOT NULL AND stack IS NOT NULL AND cardinality(wanted) = 0
    GROUP BY 1, 2, 3 ORDER BY at`.execute(db);
  return rows;
}
