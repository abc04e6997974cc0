import { type Skill, skillNames, skills } from '@assay/contract';
import { listChallenges, loadChallenge } from '@assay/prove';
import { type Static, Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { exactly, named, nullable, page, problemResponses, timeSchema } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { skillSchema } from '../challenges/schemas.ts';
import { provenChallenges, provenChecks } from './queries.ts';

const count = Type.Integer({ minimum: 0 });

export const skillViewSchema = exactly(
  {
    id: skillSchema,
    name: Type.String(),
    checks: exactly(
      { proven: count, open: count },
      {
        description: 'Proven: it held the last time that one of the person’s own backends was held to it',
      },
    ),
    challenges: Type.Array(exactly({ slug: Type.String(), title: Type.String(), provenAt: nullable(timeSchema) }), {
      description: 'Those that count toward it',
    }),
    stacks: Type.Array(exactly({ language: Type.String(), framework: nullable(Type.String()), challenges: count }), {
      description: 'In which challenges were proven',
    }),
  },
  { $id: 'Skill' },
);

type SkillView = Static<typeof skillViewSchema>;

export function skillRoutes(app: App, { db, home }: Services): void {
  app.get(
    '/skills',
    {
      schema: {
        operationId: 'listSkills',
        tags: ['skills'],
        summary:
          'The six skills, from the runs of the person’s own backends; samples and what comes with challenges count as nobody’s',
        response: { 200: json('All six', page(named<SkillView>('Skill'))), ...problemResponses() },
      },
    },
    async () => {
      const [checks, proven] = await Promise.all([provenChecks(db, home), provenChallenges(db, home)]);
      const challenges = await Promise.all(listChallenges().map((slug) => loadChallenge(slug)));
      const view = (id: Skill): SkillView => {
        const counts = checks.find(({ skill }) => skill === id);
        const own = challenges.filter((challenge) => challenge.skills.includes(id));
        const passed = proven.filter(({ slug }) => own.some((challenge) => challenge.slug === slug));
        const stacks = Map.groupBy(passed, ({ language, framework }) => JSON.stringify([language, framework]));
        return {
          id,
          name: skillNames[id],
          checks: { proven: counts?.proven ?? 0, open: counts?.open ?? 0 },
          challenges: own.map(({ slug, title }) => ({
            slug,
            title,
            provenAt: passed.find((one) => one.slug === slug)?.at.toISOString() ?? null,
          })),
          stacks: [...stacks.values()].flatMap((some) => {
            const [first] = some;
            return first === undefined
              ? []
              : [
                  {
                    language: first.language,
                    framework: first.framework,
                    challenges: new Set(some.map(({ slug }) => slug)).size,
                  },
                ];
          }),
        };
      };
      return { items: skills.map(view), next: null };
    },
  );
}
